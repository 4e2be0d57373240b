using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models.Fields;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Models.Fields;

/// <summary>
/// Examples with three categories and two numbers, of which a pair of categories decides alone: whether (a + b) is even, nine times in ten. Neither category
/// says anything by itself, so that no linear model of them can do better than chance.
/// </summary>
internal sealed class FieldWorld
{
    private const int Size = 5;

    public FieldWorld(ulong seed, int count = 1200)
    {
        var rng = new Rng(seed);
        int[] Categories(string name) => [.. Enumerable.Range(0, count).Select(row => 1 + rng.Fork(name).Fork(row).Next(Size - 1))];
        float[] Numbers(string name) => [.. Enumerable.Range(0, count).Select(row => (float)rng.Fork(name).Fork(row).NextGaussian())];
        var (a, b, c) = (Categories("a"), Categories("b"), Categories("c"));
        float[] labels = [.. a.Zip(b, (x, y) => (x + y) % 2 == 0).Select((even, row) => even == rng.Fork("noise").Fork(row).Next(10) > 0 ? 1f : 0)];
        CategoryField[] categories =
        [
            new("a", Size, a), new("b", Size, b), new("c", Size, c),
            new("a × b", 1 + Size * Size, a.Zip(b, (x, y) => 1 + x * Size + y).ToArray(), IsCross: true),
        ];
        Plain = new(count, categories[..3], [new("x", Numbers("x")), new("y", Numbers("y"))], labels);
        Crossed = new(count, categories, Plain.Numbers, labels);
        (Shape, Batch) = (new(Plain), new(new(Plain)));
        Batch.Fill(Plain, [.. Enumerable.Range(0, 12)]);
    }

    public FieldTable Plain { get; }

    /// <summary>The same, with the pair that decides as a field.</summary>
    public FieldTable Crossed { get; }

    public FieldShape Shape { get; }

    /// <summary>The first few examples.</summary>
    public FieldBatch Batch { get; }

    /// <summary>The point with the first few examples' numbers.</summary>
    public Point Here(Point at) => at.With(Shape.Numbers, Batch.Numbers);

    public static Point Trained(IFieldScorer scorer, FieldTable examples, int epochs = 12, Objective<FieldBatch>? objective = null)
    {
        var trainer = new Trainer<FieldBatch>(
            new FieldSource(examples, 50, new Rng(1)), [new("fields", epochs, FieldObjectives.OnNumbers(scorer, objective ?? FieldObjectives.LogLoss(scorer)))],
            new() { Rule = new Adam(0.02f), Ahead = false });
        return trainer.Run(scorer.Start(new Rng(2)), new Rng(3)).At;
    }

    public static double Auc(IFieldScorer scorer, Point at, FieldTable examples) =>
        ThresholdCurve.Roc(ClickMetrics.Scores(scorer, at, examples), RatingMetrics.Labels(examples.Labels, 0.5f)).Area;
}
