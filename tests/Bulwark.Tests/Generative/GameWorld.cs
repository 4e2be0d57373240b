using Bulwark.Data;
using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Generative;

/// <summary>A ring of four modes, a small generator and a small critic: games of a fraction of a second.</summary>
internal static class GameWorld
{
    public static GaussianMixture Ring { get; } = GaussianMixture.Ring(4, 1, 0.1f);

    public static MlpGenerator Generator { get; } = new(2, [16], 2);

    public static MlpCritic Critic { get; } = new(2, [16, 16]);

    public static Gan Gan { get; } = new(Generator, Critic, AdversarialLoss.Wasserstein, 1);

    private static readonly Adam _rule = new(1e-3f, 0, 0.9f);

    public static GameOptions Options { get; } = new(3) { CriticSteps = 2, Averaging = 0.5f, Ahead = false, Critic = _rule, Generator = _rule };

    public static Tensor Real { get; } = Inputs(Ring.Draw(60, new Rng(8)));

    public static GameResult Play(GameOptions options, Gan? gan = null, CancellationToken cancel = default, ulong seed = 5, IProgress<TrainingProgress>? progress = null)
    {
        var source = new InputSource(Ring.Draw(90, new Rng(1)), 20, new Rng(2));               // 5 steps an epoch, the last of 10
        return new GameTrainer<InputBatch>(source, (gan ?? Gan).On<InputBatch>(Examples.Of), options).Run(
            Critic.Start(new Rng(3)), Generator.Start(new Rng(4)), new Rng(seed), Measure, progress, cancel);
    }

    public static SampleQuality Measure(Point at, Rng rng) => SampleQuality.Of(Real, Generator.Generate(at, 60, null, rng));

    public static Tensor Inputs(LabeledInputs from)
    {
        var batch = new InputBatch();
        batch.Fill(from, [.. Enumerable.Range(0, from.Count)]);
        return batch.Inputs;
    }

    public static void AssertSame(GameResult expected, GameResult actual)
    {
        Training.TrainingWorld.AssertSame(expected.Generator, actual.Generator);
        Training.TrainingWorld.AssertSame(expected.Critic, actual.Critic);
        Assert.Equal(expected.Curve.Select(Numbers), actual.Curve.Select(Numbers));
    }

    /// <summary>An epoch without the objects whose equality is identity.</summary>
    public static object Numbers(GameEpoch epoch) => (epoch with { Quality = null }, epoch.Quality?.Coverage, epoch.Quality?.Duplicates, epoch.Quality?.Distances["energy"]);
}
