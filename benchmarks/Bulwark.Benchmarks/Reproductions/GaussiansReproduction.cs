using System.Diagnostics;
using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Mixtures of Gaussians, a ring of 8 and a grid of 25: how many modes WGAN-GP covers, what share of its samples is good (within 3 σ of a mode), and
/// whether the collapse of a plain GAN is seen: a run has collapsed if a mode is not covered, and is called so if the last epoch warns. Coverage is measured
/// with neighbors of half a mode, and half a mode may be missing from it.
/// <c>--world ring|grid</c>, <c>--network wgan-gp|plain</c>, <c>--seeds 1,2,3</c>, <c>--epochs n</c>.
/// </summary>
internal static class GaussiansReproduction
{
    private const int Drawn = 10_000, Batch = 100, Measured = 2_000, Judged = 10_000, Latent = 8, Width = 128;

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        foreach (var (name, world) in new[] { ("ring", GaussianMixture.Ring()), ("grid", GaussianMixture.Grid()) })
            foreach (var network in new[] { "wgan-gp", "plain" })
                if ((options.Text("world") ?? name) == name && (options.Text("network") ?? network) == network)
                    foreach (var seed in options.Seeds()) Play(name, world, network == "plain", seed, options);
        return 0;
    }

    private static void Play(string name, GaussianMixture world, bool plain, ulong seed, Arguments options)
    {
        var (start, rng) = (Stopwatch.GetTimestamp(), new Rng(seed));
        var (generator, critic) = (new MlpGenerator(Latent, [Width, Width, Width], 2), new MlpCritic(2, [Width, Width, Width]));
        var gan = plain ? new Gan(generator, critic, AdversarialLoss.NonSaturating) : new(generator, critic, AdversarialLoss.Wasserstein, 0.1f);
        var source = new InputSource(world.Draw(Drawn, rng.Fork("train")), Batch, rng.Fork("batches"));
        var real = MnistGanReproduction.Inputs(world.Draw(Measured, rng.Fork("measured")), 0, Measured);
        var epochs = options.Int("epochs", plain ? 50 : 300);
        var rule = plain ? new Adam(1e-3f, 0.5f) : new Adam(2e-3f, 0, 0.9f);
        var settings = new GameOptions(epochs)
        {
            CriticSteps = plain ? 1 : 2, Critic = rule, Generator = rule, Schedule = Schedules.Cosine(epochs * source.StepsPerEpoch, 0.02f),
            Averaging = plain ? 0 : 0.99f, MeasureEvery = epochs / 10, Watch = new(1 - 0.5 / world.ModeCount), Ahead = Team.Threads > 1,
        };
        var result = new GameTrainer<InputBatch>(source, gan.On<InputBatch>(Examples.Of), settings).Run(
            critic.Start(rng.Fork("critic")), generator.Start(rng.Fork("generator")), rng.Fork("game"),
            (at, chance) => SampleQuality.Of(real, generator.Generate(at, Measured, null, chance), Measured / (2 * world.ModeCount)));
        var (covered, good) = world.Judge(generator.Generate(result.Generator, Judged, null, rng.Fork("judged")));
        Print("modes covered", covered);
        Print("good samples", good);
        Print("has collapsed", covered < world.ModeCount ? 1 : 0);
        Print("is called collapsed", result.Warning.HasFlag(GameWarning.Collapse) ? 1 : 0);
        Print("coverage of examples", result.Curve[^1].Quality!.Coverage);

        void Print(string metric, double value) => new Figure(
            name, plain ? "plain" : "wgan-gp", $"λ {gan.Penalty}, {settings.CriticSteps} to 1, {rule}, {epochs} epochs", seed, "test",
            metric, value, null, Figure.Since(start)).Print();
    }
}
