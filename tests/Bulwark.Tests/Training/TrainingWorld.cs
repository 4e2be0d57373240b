using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

/// <summary>A small training on <see cref="Blocks"/>, from scratch with the same seeds each time, as a new process would.</summary>
internal sealed class TrainingWorld(IPairModel? given = null)
{
    public const int StepsPerEpoch = 6;                      // 270 pairs in batches of 50

    public static TrainingOptions Options { get; } = new() { Rule = new Adagrad(0.1f), Ahead = false };

    public IPairModel Model { get; } = given ?? new MatrixFactorization(Blocks.Users, Blocks.Items, new(4));

    public Objective<Triples> Bpr => Objectives.Bpr(Model);

    public Point Start => Model.Start(new Rng(1));

    public static Rng Rng => new(2);

    public static TripleSource Source => new(Blocks.Train, 50, new Rng(3));

    public Trainer<Triples> Trainer(TrainingOptions options, params Stage<Triples>[] stages) => new(Source, stages, options);

    public TrainingResult Run(int epochs, TrainingOptions options, Func<Point, double>? validate = null) =>
        Trainer(options, new Stage<Triples>("plain", epochs, Bpr)).Run(Start, Rng, validate);

    /// <summary>Equal to the bit: every variable, by name.</summary>
    public static void AssertSame(Point expected, Point actual)
    {
        Assert.Equal(Values(expected).Keys, Values(actual).Keys);
        foreach (var (name, values) in Values(expected)) Assert.Equal(values, Values(actual)[name]);
    }

    public static bool AreSame(Point a, Point b) => Values(a).All(entry => entry.Value.AsSpan().SequenceEqual(Values(b)[entry.Key]));

    private static SortedDictionary<string, float[]> Values(Point at) =>
        new(at.Variables.ToArray().ToDictionary(variable => variable.Name, variable => at[variable].Values.ToArray()));
}
