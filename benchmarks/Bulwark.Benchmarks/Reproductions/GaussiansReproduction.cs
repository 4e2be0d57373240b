using System.Diagnostics;
using System.Globalization;
using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Mixtures of Gaussians, a ring of 8 and a grid of 25: how many modes WGAN-GP covers, what share of its samples is good, and whether the collapse of a
/// plain GAN is seen. <c>--world ring|grid</c>, <c>--network wgan-gp|plain</c>, <c>--seeds 1,2,3</c>, <c>--epochs n</c>; <c>--curve</c> shows every epoch.
/// </summary>
internal static class GaussiansReproduction
{
    private const int Examples = 10_000, Batch = 256, Measured = 1_000, Judged = 10_000;

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        foreach (var (name, world) in new[] { ("ring", GaussianMixture.Ring()), ("grid", GaussianMixture.Grid()) })
            foreach (var network in new[] { "wgan-gp", "plain" })
                if ((options.Text("world") ?? name) == name && (options.Text("network") ?? network) == network)
                    foreach (var seed in options.Seeds()) Play(name, world, network, seed, options);
        return 0;
    }

    private static void Play(string name, GaussianMixture world, string network, ulong seed, Arguments options)
    {
        var (start, rng) = (Stopwatch.GetTimestamp(), new Rng(seed));
        var h = options.Int("hidden", 128);
        var (generator, critic) = (new MlpGenerator(options.Int("latent", 8), [h, h], 2), new MlpCritic(2, [h, h, h]));
        var gan = network == "plain" ? new Gan(generator, critic, AdversarialLoss.NonSaturating) : new Gan(generator, critic, AdversarialLoss.Wasserstein, options.Float("penalty", 1));
        var train = world.Draw(Examples, rng.Fork("train"));
        var source = new InputSource(train, Batch, rng.Fork("batches"));
        var epochs = options.Int("epochs", 300);
        var (held, heldLabels) = (world.Draw(Measured, rng.Fork("held")), 0);
        var heldBatch = new InputBatch();
        heldBatch.Fill(held, [.. Enumerable.Range(0, Measured)]);
        var real = heldBatch.Inputs.Keep();
        var rate = options.Float("rate", 5e-4f);
        var settings = new GameOptions(epochs)
        {
            CriticSteps = network == "plain" ? 1 : options.Int("critic-steps", 5), MeasureEvery = 10, Averaging = network == "plain" ? 0 : options.Float("averaging", 0.99f),
            Critic = new Adam(rate, options.Float("beta1", network == "plain" ? 0.5f : 0), 0.9f), Generator = new Adam(rate, network == "plain" ? 0.5f : 0, 0.9f), Ahead = false,
        };
        if (network != "plain") settings = settings with { Schedule = Schedules.Cosine(epochs * source.StepsPerEpoch, 0.02f) };
        var result = new GameTrainer<InputBatch>(source, gan.On<InputBatch>(Bulwark.Generative.Examples.Of), settings).Run(
            critic.Start(rng.Fork("critic")), generator.Start(rng.Fork("generator")), rng.Fork("game"), (at, chance) => SampleQuality.Of(real, generator.Generate(at, Measured, null, chance)));
        if (options.Has("curve"))
            foreach (var epoch in result.Curve)
                if (epoch.Quality is { } q) Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{epoch.Epoch}: D {epoch.CriticLoss:F4} G {epoch.GeneratorLoss:F4} |dD| {epoch.CriticGradient:F4} |dG| {epoch.GeneratorGradient:F4} coverage {q.Coverage:F3} duplicates {q.Duplicates:F3} energy {q.Distances["energy"]:F4} {epoch.Warning}"));
        var (covered, good) = world.Judge(generator.Generate(result.Generator, Judged, null, rng.Fork("judged")));
        using (var scope = Scope.Open()) foreach (var k in new[] { 5, 10, 20, 40 }) Console.Write($"k{k} {SampleQuality.Of(real, generator.Generate(result.Generator, Measured, null, rng.Fork("judged")), k).Coverage:F3} ");
        var last = result.Curve.Last(e => e.Quality is not null);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {network} seed {seed}: {covered}/{world.ModeCount}, good {good:F3}, warning {result.Warning} cov {last.Quality!.Coverage:F3} dup {last.Quality.Duplicates:F3} {Figure.Since(start):F1}s"));
    }
}
