using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Generative.Behavior;

/// <summary>
/// G(h) of ordered histories that begin with h: one item after the other by softmax(ℓ), ℓ what a model of histories says after those before, each chosen with
/// <see cref="GumbelSoftmax"/>. The model reads the choices as mixtures of its items' rows, so that what a critic says of a history reaches every choice in it.
/// </summary>
/// <param name="model">ℓ: a formula that tells what follows. It is trained as any model of histories is, too.</param>
/// <param name="length">L, the most items of a history.</param>
/// <param name="repeats">Whether an item may come twice.</param>
public sealed class HistoryGenerator(ISequenceEncoder model, int length, bool repeats) : IGenerator
{
    private const float Temperature = 1, Never = 1e4f;

    /// <summary>ℓ.</summary>
    public ISequenceEncoder Model => model;

    /// <inheritdoc/>
    public Point Start(Rng rng) => model.Start(rng);

    /// <inheritdoc/>
    /// <param name="at">Where the generator stands.</param>
    /// <param name="count">How many.</param>
    /// <param name="given">(count, 1 + L): see <see cref="HistoryConditions"/>.</param>
    /// <param name="rng">Chance.</param>
    public Tensor Generate(Point at, int count, Tensor? given, Rng rng)
    {
        if (given is null) throw new ArgumentNullException(nameof(given), "A history needs a length and a first item: give HistoryConditions.");
        var choices = new List<Tensor> { Known(given, 0) };
        var (seen, rows) = (choices[0], new List<Tensor>());
        while (choices.Count < length)
        {
            rows.Add(choices[^1].MatMul(at[model.Inputs]).Reshape((count, 1, at[model.Inputs].Shape.Last)));
            var (scores, t) = (Next(at, rows), choices.Count);
            var chosen = GumbelSoftmax.Choose(repeats ? scores : scores - seen * Never, Temperature, rng.Fork(t));
            choices.Add(chosen * Open(given, t) + Known(given, t));                              // (count, items)
            if (!repeats) seen += choices[^1].Fixed();
        }
        return Tensor.Concat(1, [.. choices.Select(choice => choice.Reshape((count, 1, model.ItemCount)))]);
    }

    /// <summary>ℓ behind these rows, of (count, 1, d) each: (count, items).</summary>
    private Tensor Next(Point at, List<Tensor> rows)
    {
        var (count, shown) = (rows[0].Shape[0], Math.Min(rows.Count, model.Length));
        var latest = Tensor.Concat(1, [.. rows.TakeLast(shown)]);                                // (count, shown, d)
        return model.Head.All(at, SoftHistories.Encode(model, at, latest));
    }

    /// <summary>1 where a row's item in place t is known, else 0: (count, items).</summary>
    private Tensor Known(Tensor given, int t)
    {
        var (count, values) = (given.Shape[0], new float[given.Shape[0] * model.ItemCount]);
        for (var row = 0; row < count; row++)
            if (given.Values[row * (1 + length) + 1 + t] is >= 0 and var item) values[row * model.ItemCount + (int)item] = 1;
        return Tensor.Of((count, model.ItemCount), values);
    }

    /// <summary>1 where place t is within a row's length and not known, else 0: (count, 1).</summary>
    private Tensor Open(Tensor given, int t)
    {
        var values = given.Values;
        var open = new float[given.Shape[0]];
        for (var row = 0; row < open.Length; row++)
            open[row] = values[row * (1 + length)] > t && values[row * (1 + length) + 1 + t] < 0 ? 1 : 0;
        return Tensor.Of((open.Length, 1), open);
    }
}
