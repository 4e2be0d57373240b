using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// A statistical generator, a neural one, and both against one critic: a Gaussian copula, WGAN-GP, the hybrid that draws every second example from the copula and
/// teaches the net the rest, and the same mixture of copula and WGAN-GP, each made for itself. Worlds: a ring of 8 Gaussians (<c>ring</c>), pictures and words
/// of the generated shop's products (<c>products</c>), and people of the census (<c>people</c>: Becker and Kohavi 1996). Energy distance to and coverage of as
/// many examples that nobody learned from, beside other such examples. <c>--world</c>, <c>--seeds 1,2,3</c>, <c>--epochs n</c>; <c>--validate</c> judges on
/// a part carved out of the training examples.
/// </summary>
internal static class HybridReproduction
{
    private const int Latent = 16, Width = 128, Batch = 100, Judged = 1000;
    private const float Share = 0.5f;
    private static readonly int[] Numbers = [0, 2, 4, 10, 11, 12];

    public static int Run(string[] args)
    {
        var (options, start) = (new Arguments(args), Stopwatch.GetTimestamp());
        foreach (var world in options.Text("world")?.Split(',') ?? ["ring", "products", "people"])
        {
            var found = new Dictionary<string, List<SampleQuality>>();
            foreach (var seed in options.Seeds())
                foreach (var (name, quality) in Qualities(Examples(world, seed, options), seed, options))
                {
                    if (!found.TryGetValue(name, out var list)) found[name] = list = [];
                    list.Add(quality);
                }
            foreach (var (name, list) in found)
            {
                Print(world, name, "energy distance", [.. list.Select(quality => quality.Distances["energy"])]);
                Print(world, name, "coverage", [.. list.Select(quality => quality.Coverage)]);
            }
        }
        return 0;

        void Print(string world, string name, string metric, double[] values)
        {
            var spread = Spread.Of(values);
            new Figure("hybrid", $"{world}, {name}", FormattableString.Invariant($"{spread.Count} seeds, deviation {spread.Deviation:F5}"), options.Seeds()[0],
                options.Has("validate") ? "validation" : "test", metric, spread.Mean, null, Figure.Since(start)).Print();
        }
    }

    private static IEnumerable<(string Name, SampleQuality Quality)> Qualities(Tensor all, ulong seed, Arguments options)
    {
        var (rng, width) = (new Rng(seed), all.Shape[1]);
        var (test, other, rest) = (all.Slice(0, 0, Judged), all.Slice(0, Judged, Judged), all.Slice(0, 2 * Judged, all.Shape[0] - 2 * Judged));
        if (options.Has("validate"))
            (test, other, rest) = (rest.Slice(0, 0, Judged), rest.Slice(0, Judged, Judged), rest.Slice(0, 2 * Judged, rest.Shape[0] - 2 * Judged));
        var (copula, net) = (new GaussianCopula(rest), new MlpGenerator(Latent, [Width, Width], width));
        var (learned, taught) = (Played(net), Played(new HybridGenerator(copula, net, Share)));
        yield return ("other examples", SampleQuality.Of(test, other));
        yield return Of("copula", copula, new Point());
        yield return Of("net", net, learned);
        yield return Of("hybrid", new HybridGenerator(copula, net, Share), taught);
        yield return Of("each for itself", new HybridGenerator(copula, net, Share), learned);

        (string, SampleQuality) Of(string name, IGenerator generator, Point at) =>
            (name, SampleQuality.Of(test, generator.Generate(at, Judged, null, rng.Fork("judged"))));

        Point Played(IGenerator generator)
        {
            var (critic, epochs) = (new MlpCritic(width, [Width, Width]), options.Int("epochs", 200));
            var labels = new int[rest.Shape[0]];
            var source = new InputSource(new LabeledInputs(width, rest.Values.ToArray(), labels), Batch, rng.Fork("batches"));
            var rule = new Adam(options.Float("rate", 1e-3f), 0, 0.9f);
            var settings = new GameOptions(epochs)
            {
                CriticSteps = 2, Critic = rule, Generator = rule, Schedule = Schedules.Cosine(epochs * source.StepsPerEpoch, 0.02f), Averaging = 0.99f,
                MeasureEvery = epochs, Ahead = Team.Threads > 1,
            };
            var gan = new Gan(generator, critic, AdversarialLoss.Wasserstein, options.Float("penalty", 1));
            return new GameTrainer<InputBatch>(source, gan.On<InputBatch>(Generative.Examples.Of), settings).Run(
                critic.Start(rng.Fork("critic")), generator.Start(rng.Fork("generator")), rng.Fork("game")).Generator;
        }
    }

    /// <summary>Each feature standardized over all examples, in an order drawn anew for each seed.</summary>
    private static Tensor Examples(string world, ulong seed, Arguments options)
    {
        float[][] rows = world switch
        {
            "ring" => Rows(GaussianMixture.Ring().Draw(6_000, new Rng(seed))),
            "products" => Products(seed),
            "people" => People(options),
            _ => throw new ArgumentException($"There is no world '{world}': name ring, products or people."),
        };
        new Rng(seed).Fork("order").Shuffle<float[]>(rows);
        var (width, values) = (rows[0].Length, new float[rows.Length * rows[0].Length]);
        for (var f = 0; f < width; f++)
        {
            var spread = Spread.Of([.. rows.Select(row => (double)row[f])]);
            for (var i = 0; i < rows.Length; i++)
                values[i * width + f] = spread.Deviation > 0 ? (float)((rows[i][f] - spread.Mean) / spread.Deviation) : 0;
        }
        return Tensor.Of((rows.Length, width), values).Keep();
    }

    private static float[][] Products(ulong seed)
    {
        var shop = GeneratedShop.Create(new ShopOptions(Shoppers: 100, Products: 6_000), seed);
        return Rows(shop.Media.Pictures.Beside(ModalitiesReproduction.Words(shop)));
    }

    private static float[][] Rows(LabeledInputs from) => [.. Enumerable.Range(0, from.Count).Select(i => from[i].ToArray())];

    /// <summary>The six numbers that are known of 6,000 people, drawn by lot.</summary>
    private static float[][] People(Arguments options)
    {
        var lines = File.ReadLines(Path.Combine(DataFolder.Find(options, "adult-income"), "adult-train.csv")).Skip(1).ToArray();
        new Rng(0).Shuffle<string>(lines);
        return [.. lines.Take(6_000).Select(line => line.Split(',')).Select(cells =>
            Numbers.Select(column => float.Parse(cells[column], CultureInfo.InvariantCulture)).ToArray())];
    }
}
