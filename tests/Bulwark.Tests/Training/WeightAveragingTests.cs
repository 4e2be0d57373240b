using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Tests.Data;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class WeightAveragingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// The iterates are known: each of the 6 steps of an epoch moves w by 1, so w ends epochs at 6, 12, 18, 24. After = 1 counts 12, 18, 24: their mean is 18.
    /// With β = ½: 12, then (n = 2, share ½) 15, then (n = 3, share max(⅓, ½)) 15 + ½ (24 − 15) = 19.5. With β = 0 it is the last.
    /// </summary>
    [Theory]
    [InlineData(1, 1, 18)]
    [InlineData(1, 0.5, 19.5)]
    [InlineData(0, 1, 15)]
    [InlineData(3, 1, 24)]
    [InlineData(0, 0, 24)]
    [InlineData(4, 1, 24)]                                   // nothing counts: the weights themselves
    public void TheResultIsTheMeanOfKnownIterates(int after, float decay, float mean)
    {
        var result = March(4, new() { Rule = new Sgd(1), Averaging = new(after, decay), Ahead = false });
        Assert.Equal(mean, result.At[W].Item());
    }

    /// <summary>Validation, and with it the best point, is of the mean.</summary>
    [Fact]
    public void ValidationIsMeasuredAtTheMean()
    {
        var options = new TrainingOptions { Rule = new Sgd(1), Averaging = new(0), Ahead = false, ValidateEvery = 1, Patience = 3 };
        var result = March(4, options, at => at[W].Item() == 9 ? 1 : 0);
        Assert.Equal([0, 1, 0, 0], result.Curve.Select(epoch => epoch.Validation!.Value));
        Assert.Equal((9, 2), (result.At[W].Item(), result.BestEpoch));
    }

    /// <summary>Training goes on from the weights: without the mean the losses are the same to the bit.</summary>
    [Fact]
    public void TrainingDoesNotSeeTheMean()
    {
        var (plain, averaged) = (new TrainingWorld().Run(4, TrainingWorld.Options), new TrainingWorld().Run(4, TrainingWorld.Options with { Averaging = new(2) }));
        Assert.Equal(plain.Curve, averaged.Curve);
        Assert.False(TrainingWorld.AreSame(plain.At, averaged.At));
        Assert.Equal(plain.End.Entries[0].Value.Values.ToArray(), averaged.End.Entries[0].Value.Values.ToArray());
    }

    /// <summary>Two trainings, the second continuing the first, average as one would: epochs count over both.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void ContinuingAveragesAsOneLongTraining(int after)
    {
        var (world, options) = (new TrainingWorld(), TrainingWorld.Options with { Averaging = new(after, 0.8f) });
        var half = world.Run(2, options);
        var rest = world.Trainer(options, new Stage<Triples>("plain", 3, world.Bpr)).Continue(half, TrainingWorld.Rng);
        TrainingWorld.AssertSame(world.Run(5, options).At, rest.At);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(13)]
    [InlineData(23)]
    public void ResumingAveragesToTheBit(int stop)
    {
        var options = TrainingWorld.Options with { Averaging = new(1, 0.7f), Checkpoint = Path.Combine(_folder.Path, "run.safetensors"), Resume = true };
        var (world, steps) = (new TrainingWorld(), 0);
        using var cancel = new CancellationTokenSource();
        var stopped = new Stage<Triples>("plain", 5, (batch, rng) =>
        {
            if (++steps == stop) cancel.Cancel();
            return world.Bpr(batch, rng);
        });
        Assert.Throws<OperationCanceledException>(() => world.Trainer(options, stopped).Run(world.Start, TrainingWorld.Rng, cancel: cancel.Token));
        var (resumed, whole) = (world.Run(5, options), world.Run(5, options with { Checkpoint = null }));
        TrainingWorld.AssertSame(whole.At, resumed.At);
        Assert.Throws<TrainingException>(() => world.Run(5, options with { Averaging = new(1, 0.6f) }));
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void ADecayLiesBetweenZeroAndOne(float decay) => Assert.Throws<ArgumentOutOfRangeException>(() => new WeightAveraging(0, decay));

    private static readonly Variable W = new("w");

    /// <summary>A loss of slope −1: every step of Sgd(1) adds 1 to w.</summary>
    internal static TrainingResult March(int epochs, TrainingOptions options, Func<Point, double>? validate = null)
    {
        Objective<Triples> downhill = (_, _) => at => -at[W].Sum();
        return new Trainer<Triples>(TrainingWorld.Source, [new("march", epochs, downhill)], options).Run(new Point((W, Tensor.Zeros(1))), new Rng(1), validate);
    }
}
