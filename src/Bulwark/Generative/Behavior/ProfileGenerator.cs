using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative.Behavior;

/// <summary>
/// G(z | n, h) of what users touch: n items that hold h, drawn without replacement by softmax(ℓ) with <see cref="GumbelTopN"/>, straight-through.
/// ℓ = ln p + W relu(… relu(U z + V [ln n ; h] + b) …), p the items' popularity: what an independent draw would do, and what z and h say beyond it.
/// </summary>
/// <param name="popularity">(items): how often each occurs.</param>
/// <param name="latent">Width of z.</param>
/// <param name="hidden">Widths of the hidden layers, at least one.</param>
public sealed class ProfileGenerator(IReadOnlyList<int> popularity, int latent, IReadOnlyList<int> hidden) : IGenerator
{
    private const float Temperature = 1;
    private readonly Dense _code = new("generator.code"), _given = new("generator.given");
    private readonly Tower _layers = new("generator", hidden[0], [.. hidden.Skip(1)], popularity.Count);

    /// <summary>How many items there are.</summary>
    public int ItemCount => popularity.Count;

    /// <summary>ln p up to a constant, half an occurrence added to each: (items).</summary>
    public static Tensor LogPopularity(IReadOnlyList<int> popularity) =>
        Tensor.Of(popularity.Count, [.. popularity.Select(count => MathF.Log(count + 0.5f))]);

    /// <inheritdoc/>
    public Point Start(Rng rng) =>
        _layers.Start(_given.Start(_code.Start(new Point(), latent, hidden[0], rng), 1 + popularity.Count, hidden[0], rng), rng);

    /// <summary>ℓ for a z of each row: (count, 1 + items) to (count, items).</summary>
    public Tensor Scores(Point at, Tensor given, Rng rng)
    {
        var code = Tensor.Gaussian((given.Shape[0], latent), 1, rng.Fork("code"));
        return _layers.Of(at, (_code.Of(at, code) + _given.Of(at, given)).Relu(), null) + LogPopularity(popularity);
    }

    /// <inheritdoc/>
    /// <param name="at">Where the generator stands.</param>
    /// <param name="count">How many.</param>
    /// <param name="given">(count, 1 + items): see <see cref="ProfileConditions"/>.</param>
    /// <param name="rng">Chance.</param>
    public Tensor Generate(Point at, int count, Tensor? given, Rng rng)
    {
        if (given is null) throw new ArgumentNullException(nameof(given), "A profile needs a length: give ProfileConditions.");
        return GumbelTopN.Select(GumbelTopN.Perturbed(Scores(at, given, rng), given, 1, rng.Fork("gumbel")), given, Temperature);
    }

    /// <summary>
    /// −E Σ ln softmax(ℓ) / m over the m items of a profile that are not known: how unlikely each of them would be to come next. Known items cannot be drawn again.
    /// </summary>
    public Tensor Unlikelihood(Point at, Examples examples, Rng rng)
    {
        var (given, count) = (examples.Given!, examples.Real.Shape[0]);
        var known = given.Slice(1, 1, ItemCount);
        var logits = (Scores(at, given, rng) - known * 1e4f).LogSoftmax();
        var wanted = examples.Real - known;                                                      // (count, items)
        var shares = wanted / wanted.Sum(1, keep: true).Maximum(Tensor.Scalar(1));
        return logits.Dot(shares).Sum() * (-1f / count);
    }
}
