using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Tests.Data;
using Bulwark.Tests.Training;
using Bulwark.Training;

namespace Bulwark.Tests.Generative;

[Collection("Team")]
public sealed class GameTrainerTests : IDisposable
{
    private static readonly Variable A = new("a"), B = new("b");
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// The critic makes a · b small, the generator −a · b, both by gradient descent at a rate of ½ from a = 2, b = 4, two critic steps to one of the generator:
    /// a = 2 − ½ · 4 = 0, then −2; b = 4 + ½ · (−2) = 3; a = −½, the epoch's third step. Losses: 8, 0 and −6 of the critic; 8 of the generator, −(−2 · 4).
    /// Norms: b = 4, 4 and 3 for the critic, |a| = 2 for the generator.
    /// </summary>
    [Fact]
    public void PlayersMoveInTurnsAndOnlyTheirOwn()
    {
        var result = Bilinear(new(1) { CriticSteps = 2, Critic = new Sgd(0.5f), Generator = new Sgd(0.5f), Ahead = false });
        Assert.Equal((-3.5f, 3), (result.Critic[A].Item(), result.Generator[B].Item()));
        var epoch = Assert.Single(result.Curve);
        Assert.Equal((2.0 / 3, 8, 11.0 / 3, 2), (epoch.CriticLoss, epoch.GeneratorLoss, epoch.CriticGradient, epoch.GeneratorGradient));
        Assert.Equal((1, 2, null, GameWarning.None), (epoch.Epoch, epoch.CriticSteps, epoch.Quality, epoch.Warning));
    }

    /// <summary>
    /// Rates of ½, but 0 from the third batch on. In the first epoch a = 0, −2, −2 and b = 3 after the second batch; in the second nothing moves: the generator's
    /// steps there count as the third and the fifth.
    /// </summary>
    [Fact]
    public void BothRatesFollowTheBatches()
    {
        var options = new GameOptions(1) { CriticSteps = 2, Critic = new Sgd(0.5f), Generator = new Sgd(0.5f), Schedule = step => step < 2 ? 1 : 0, Ahead = false };
        Assert.Equal((-2, 3), Ends(Bilinear(options)));
        Assert.Equal((-2, 3), Ends(Bilinear(options with { Epochs = 2 })));

        static (float, float) Ends(GameResult result) => (result.Critic[A].Item(), result.Generator[B].Item());
    }

    /// <summary>A generator that makes no step is not one without gradient.</summary>
    [Fact]
    public void AnEpochMayPassWithoutTheGenerator()
    {
        var epoch = Bilinear(new(1) { CriticSteps = 4, Critic = new Sgd(0.5f), Ahead = false }).Curve[0];
        Assert.Equal((double.NaN, double.NaN), (epoch.GeneratorLoss, epoch.GeneratorGradient));
    }

    [Fact]
    public void AGeneratorWithoutGradientIsNamed()
    {
        var game = new Game<Triples>((_, _) => at => at[A] * at[A], (_, _) => at => at[A] + at[B].Sign());
        var error = Assert.Throws<TrainingException>(() => Play(game, new(1) { CriticSteps = 1, Ahead = false }));
        Assert.StartsWith("No gradient reaches the generator", error.Message);
    }

    [Fact]
    public void AVanishingGradientIsWarnedOf()
    {
        var game = new Game<Triples>((_, _) => at => at[A] * at[A], (_, _) => at => at[B] * 1e-7f);
        Assert.Equal(GameWarning.VanishingGradient, Play(game, new(1) { CriticSteps = 1, Ahead = false }).Warning);
    }

    [Fact]
    public void ALossThatIsNotFiniteIsNamed()
    {
        var game = new Game<Triples>((_, _) => at => at[A].Log() - 1 / at[A], (_, _) => at => at[B]);
        Assert.Contains("Lower the learning rate", Assert.Throws<TrainingException>(() => Play(game, new(1) { Critic = new Sgd(100), Ahead = false })).Message);
    }

    [Fact]
    public void EqualArgumentsGiveEqualBitsWithAnyNumberOfThreads()
    {
        var threads = Team.Threads;
        try
        {
            Team.Threads = 1;
            var one = GameWorld.Play(GameWorld.Options);
            Team.Threads = 3;
            GameWorld.AssertSame(one, GameWorld.Play(GameWorld.Options with { Ahead = true }));
            Assert.False(TrainingWorld.AreSame(one.Generator, GameWorld.Play(GameWorld.Options, seed: 6).Generator));
        }
        finally
        {
            Team.Threads = threads;
        }
    }

    public static TheoryData<string, GameOptions> Changes => new()
    {
        { "critic steps", GameWorld.Options with { CriticSteps = 3 } }, { "critic", GameWorld.Options with { Critic = new Adam(2e-3f, 0, 0.9f) } },
        { "generator", GameWorld.Options with { Generator = new Adam(1e-3f, 0.5f, 0.9f) } }, { "schedule", GameWorld.Options with { Schedule = Schedules.Cosine(10) } },
        { "averaging", GameWorld.Options with { Averaging = 0 } }, { "epochs", GameWorld.Options with { Epochs = 2 } },
        { "answer", GameWorld.Options with { Watch = new(1.1, 1, 1), Answer = CollapseAnswer.MoreCriticSteps } },
    };

    [Theory, MemberData(nameof(Changes))]
    public void EveryOptionChangesTheResult(string option, GameOptions options) =>
        Assert.False(TrainingWorld.AreSame(GameWorld.Play(GameWorld.Options).Generator, GameWorld.Play(options).Generator), option);

    /// <summary>Canceled inside an epoch, at its end, and between the steps of the critic and the generator's; with a best point to keep as well.</summary>
    [Theory]
    [InlineData(CollapseAnswer.Warn, 1)]
    [InlineData(CollapseAnswer.Restart, 5)]
    [InlineData(CollapseAnswer.Restart, 11)]
    [InlineData(CollapseAnswer.MoreCriticSteps, 8)]
    public void ResumingGoesOnToTheBit(CollapseAnswer answer, int stop)
    {
        var options = GameWorld.Options with { Watch = new(1.1, 1, 1), Answer = answer };
        var saving = options with { Checkpoint = Path.Combine(_folder.Path, "game.safetensors"), Resume = true };
        using var cancel = new CancellationTokenSource();
        var steps = 0;
        var counted = GameWorld.Gan with { Noise = _ => { if (++steps == 3 * stop) cancel.Cancel(); return 0; } };
        Assert.Throws<OperationCanceledException>(() => GameWorld.Play(saving, counted, cancel.Token));
        GameWorld.AssertSame(GameWorld.Play(options), GameWorld.Play(saving));
        Assert.Contains("another game", Assert.Throws<TrainingException>(() => GameWorld.Play(saving with { CriticSteps = 3 })).Message);
    }

    [Fact]
    public void ProgressTellsOfTheCriticAndTheSamples()
    {
        var told = new Told();
        var result = GameWorld.Play(GameWorld.Options, progress: told);
        var last = told.Last!;
        Assert.Equal(("game", 3, 3), (last.Stage, last.Epoch, last.Epochs));
        Assert.Equal(result.Curve[^2].Quality!.Coverage, last.Validation);                       // told before the last epoch is measured
        Assert.Equal(result.Curve[^2].InWords, last.Note);
        Assert.Equal(result.Curve.Select(epoch => epoch.CriticLoss), result.CriticCurve.Select(epoch => epoch.Loss));
        Assert.Equal(result.Curve.Select(epoch => epoch.GeneratorLoss), result.GeneratorCurve.Select(epoch => epoch.Loss));
        Assert.Equal(result.Curve.Select(epoch => epoch.Quality?.Coverage), result.CriticCurve.Select(epoch => epoch.Validation));
    }

    [Fact]
    public void AnEpochSaysWhatIsWrong()
    {
        var quality = new SampleQuality(0.5, 0.25, new Dictionary<string, double>());
        Assert.Equal("generator's loss 0.125, gradients 2 and 3", new GameEpoch(1, 0.5, 0.125, 2, 3, 5).InWords);
        Assert.Equal("generator's loss 0.125, gradients 2 and 1E-09, 25 % repeated, collapsed, the generator no longer learns",
            new GameEpoch(1, 0.5, 0.125, 2, 1e-9, 5, quality, GameWarning.Collapse | GameWarning.VanishingGradient).InWords);
    }

    /// <summary>Three steps an epoch.</summary>
    private static GameResult Bilinear(GameOptions options) => Play(new((_, _) => at => at[A] * at[B], (_, _) => at => at[A] * at[B] * -1), options);

    private static GameResult Play(Game<Triples> game, GameOptions options) =>
        new GameTrainer<Triples>(new ThreeSteps(), game, options).Run(new Point((A, Tensor.Scalar(2))), new Point((B, Tensor.Scalar(4))), new Rng(1));

    private sealed class ThreeSteps : IBatchSource<Triples>
    {
        public int StepsPerEpoch => 3;

        public Triples Create() => new();

        public void Fill(Triples batch, long step) { }
    }

    private sealed class Told : IProgress<TrainingProgress>
    {
        public TrainingProgress? Last { get; private set; }

        public void Report(TrainingProgress value) => Last = value;
    }
}
