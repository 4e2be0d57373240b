using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Generative;

/// <summary>Games whose samples' quality is made up, epoch by epoch.</summary>
public sealed class CollapseWatchTests
{
    private static readonly Variable A = new("a"), B = new("b");

    [Theory]
    [InlineData(0.7, 0.2, false)]
    [InlineData(0.69, 0.2, true)]
    [InlineData(0.7, 0.21, true)]
    public void PoorIsLittleCoverageOrManyDuplicates(double coverage, double duplicates, bool poor) =>
        Assert.Equal(poor, new CollapseWatch().IsPoor(Quality(coverage, duplicates)));

    /// <summary>Two poor measurements in a row are a collapse; the first measurement does not count; a good one ends it.</summary>
    [Fact]
    public void ACollapseIsSeenAfterSoManyPoorMeasurements()
    {
        var curve = Play(new(6) { Watch = new(Patience: 2, After: 1) }, 0.1, 0.1, 0.1, 0.1, 0.9, 0.1).Curve;
        Assert.Equal([false, false, true, true, false, false], curve.Select(epoch => epoch.Warning == GameWarning.Collapse));
    }

    /// <summary>Epochs that are not measured neither warn nor heal.</summary>
    [Fact]
    public void OnlyMeasuredEpochsCount()
    {
        var curve = Play(new(6) { Watch = new(Patience: 2), MeasureEvery = 2 }, 0.1, 0.1, 0.9).Curve;
        Assert.Equal([null, 0.1, null, 0.1, null, 0.9], curve.Select(epoch => epoch.Quality?.Coverage));
        Assert.Equal([false, false, false, true, true, false], curve.Select(epoch => epoch.Warning == GameWarning.Collapse));
    }

    /// <summary>1, 2, 4 … and no more than 20, with the count of poor measurements starting anew.</summary>
    [Fact]
    public void TheCriticMayAnswerWithMoreSteps()
    {
        var options = new GameOptions(7) { CriticSteps = 1, Watch = new(Patience: 1), Answer = CollapseAnswer.MoreCriticSteps };
        Assert.Equal([1, 2, 4, 8, 16, 20, 20], Play(options, 0, 0, 0, 0, 0, 0, 0).Curve.Select(epoch => epoch.CriticSteps));
        Assert.Equal([1, 1, 2, 2, 4], Play(options with { Epochs = 5, Watch = new(Patience: 2) }, 0, 0, 0, 0, 0).Curve.Select(epoch => epoch.CriticSteps));
    }

    /// <summary>
    /// Each step takes 1 from a, one step an epoch. The best is epoch 2 (a = −2); epochs 3 and 4 are poor, so that epoch 5 begins at −2 again and the game ends
    /// at −3, but for the mean, which is of the steps 1, 2 and 5.
    /// </summary>
    [Fact]
    public void ThePlayersMayGoBackToTheirBest()
    {
        var options = new GameOptions(5) { Watch = new(Patience: 2), Answer = CollapseAnswer.Restart };
        var result = Play(options, 0.8, 0.9, 0.1, 0.2, 0.85);
        Assert.Equal((-3, -3), (result.Critic[A].Item(), result.Generator[B].Item()));
        Assert.Equal([false, false, false, true, false], result.Curve.Select(epoch => epoch.Warning == GameWarning.Collapse));
        Assert.Equal(-2, Play(options with { Averaging = 1 }, 0.8, 0.9, 0.1, 0.2, 0.85).Generator[B].Item(), 1e-6f);
        Assert.Equal(-5, Play(options with { Answer = CollapseAnswer.Warn }, 0.8, 0.9, 0.1, 0.2, 0.85).Critic[A].Item());
    }

    private static GameResult Play(GameOptions options, params double[] coverages)
    {
        var (rule, measured) = (new Sgd(1), 0);
        var game = new Game<Triples>((_, _) => at => at[A], (_, _) => at => at[B]);
        return new GameTrainer<Triples>(new OneStep(), game, options with { CriticSteps = 1, Critic = rule, Generator = rule, Ahead = false }).Run(
            new Point((A, Tensor.Scalar(0))), new Point((B, Tensor.Scalar(0))), new Rng(1), (_, _) => Quality(coverages[measured++], 0));
    }

    private static SampleQuality Quality(double coverage, double duplicates) => new(coverage, duplicates, new Dictionary<string, double>());

    private sealed class OneStep : IBatchSource<Triples>
    {
        public int StepsPerEpoch => 1;

        public Triples Create() => new();

        public void Fill(Triples batch, long step) { }
    }
}
