using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Data;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Evaluation;

/// <summary>The size of a move that fools.</summary>
/// <param name="L2">‖δ‖₂.</param>
/// <param name="Linf">The largest |δ|.</param>
/// <param name="L0">How many elements it changes.</param>
/// <param name="QueriesUntilFooled">The query at which the loss was above 0 for the first time.</param>
public readonly record struct FoolingMove(double L2, double Linf, int L0, int QueriesUntilFooled);

/// <summary>What one attack did to a classifier.</summary>
/// <param name="Inputs">How many inputs there were.</param>
/// <param name="Right">How many of them were right as they are.</param>
/// <param name="Queries">How often the loss was asked for each input, on average.</param>
/// <param name="Moves">The moves that fool, one for each fooled input.</param>
public sealed record FoolingResult(int Inputs, int Right, double Queries, IReadOnlyList<FoolingMove> Moves)
{
    /// <summary>The share of the inputs that is still right.</summary>
    public double Accuracy => (double)(Right - Moves.Count) / Inputs;

    /// <summary>The fooled, as a share of what was right.</summary>
    public double Success => (double)Moves.Count / Right;

    /// <summary>Of the moves that fool; NaN without any.</summary>
    public double Mean(Func<FoolingMove, double> size) => Moves.Count == 0 ? double.NaN : Moves.Average(size);
}

/// <summary>How often an attack fools a classifier, how far it must move inputs for that, and how often it asks.</summary>
public static class Fooling
{
    private const int Batch = 100;

    /// <summary>Attacks what is right; a search that leaves its threat is an error, and every move is measured again.</summary>
    /// <param name="model">The formula.</param>
    /// <param name="at">Its weights.</param>
    /// <param name="inputs">What to classify.</param>
    /// <param name="threat">What moves, and how far.</param>
    /// <param name="attack">Its first attempt is made. Queries until fooled are those of a loss that is above 0 where the model is fooled: a margin.</param>
    /// <param name="rng">Drives the attack.</param>
    public static FoolingResult Run(IClassifier model, Point at, LabeledInputs inputs, Threat threat, SuiteAttack attack, Rng rng)
    {
        var (batch, search, right, asked, moves) = (new InputBatch(), attack.Of(model), Rights(model, at, inputs), 0L, new List<FoolingMove>());
        foreach (var part in right.Chunk(Batch))
        {
            using var scope = Scope.Open();
            batch.Fill(inputs, part);
            var clean = at.With(model.Inputs, batch.Inputs);
            var loss = attack.LossOf(model, clean, batch.Labels, 0) ?? throw new ArgumentException($"{attack.Name} makes no attempt on these inputs.");
            var queries = new Queries(loss);
            var move = threat.Admit(clean, search.Find(queries.Of, clean, threat, rng.Fork(part[0])), attack.Name);
            var still = Accuracy.IsRight(model.Logits(clean + move), batch.Labels);
            asked += (long)queries.Count * part.Length;
            var delta = (clean + move)[model.Inputs] - batch.Inputs;
            for (var b = 0; b < part.Length; b++)
                if (!still[b]) moves.Add(SizeOf(delta.Values.Slice(b * inputs.Input.Count, inputs.Input.Count), queries.UntilFooled.ElementAtOrDefault(b)));
        }
        return new(inputs.Count, right.Length, right.Length == 0 ? 0 : (double)asked / right.Length, moves);
    }

    private static int[] Rights(IClassifier model, Point at, LabeledInputs inputs)
    {
        var (batch, rights) = (new InputBatch(), new List<int>());
        foreach (var part in Enumerable.Range(0, inputs.Count).Chunk(Batch))
        {
            using var scope = Scope.Open();
            batch.Fill(inputs, part);
            var right = Accuracy.IsRight(model.Logits(at.With(model.Inputs, batch.Inputs)), batch.Labels);
            rights.AddRange(part.Where((_, b) => right[b]));
        }
        return [.. rights];
    }

    private static FoolingMove SizeOf(ReadOnlySpan<float> delta, int untilFooled)
    {
        var (squares, largest, changed) = (0.0, 0f, 0);
        foreach (var d in delta)
        {
            squares += (double)d * d;
            largest = MathF.Max(largest, MathF.Abs(d));
            if (d != 0) changed++;
        }
        return new(Math.Sqrt(squares), largest, changed, untilFooled);
    }
}
