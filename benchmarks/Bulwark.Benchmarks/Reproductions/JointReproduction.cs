using System.Diagnostics;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Generative;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Products of the generated shop that there are not, with two halves made from one noise: picture and words, frames and sound. A ridge regression, taught by
/// real products, reads the product's style, the cause of both, off either half; agreement is the mean over the style's eight directions of the correlation of
/// the two readings. Beside the GAN stand its autoencoder without a critic, two GANs with a noise each, the GAN's pairs shuffled within categories, and real
/// products nobody learned from. Also the energy distance of pairs to those. <c>--validate</c> takes another fifth for these; <c>--seeds 1,2,3,4,5</c>,
/// <c>--epochs n</c>, <c>--adversarial w</c>.
/// </summary>
internal static class JointReproduction
{
    private const int Directions = 8;

    public static int Run(string[] args)
    {
        var (options, start) = (new Arguments(args), Stopwatch.GetTimestamp());
        var found = new Dictionary<string, List<(double Agreement, double Energy)>>();
        foreach (var seed in options.Seeds())
        {
            var shop = GeneratedShop.Create(new ShopOptions(Products: options.Int("products", 2000)), seed);
            Measure("picture and words", shop, shop.Media.Pictures, ModalitiesReproduction.Words(shop), seed);
            Measure("frames and sound", shop, shop.Media.Frames, shop.Media.Sounds, seed);
        }
        foreach (var (name, values) in found)
        {
            Print(name, "agreement about the style", [.. values.Select(one => one.Agreement)]);
            Print(name, "energy distance of pairs", [.. values.Select(one => one.Energy)]);
        }
        return 0;

        void Measure(string pair, Shop shop, LabeledInputs first, LabeledInputs second, ulong seed)
        {
            foreach (var (name, agreement, energy) in Judged(shop, first, second, options, seed))
            {
                if (!found.TryGetValue($"{pair}, {name}", out var list)) found[$"{pair}, {name}"] = list = [];
                list.Add((agreement, energy));
            }
        }

        void Print(string name, string metric, double[] values)
        {
            var spread = Spread.Of(values);
            new Figure("joint", name, FormattableString.Invariant($"{spread.Count} of deviation {spread.Deviation:F4}"), options.Seeds()[0],
                options.Has("validate") ? "validation" : "test", metric, spread.Mean, null, Figure.Since(start)).Print();
        }
    }

    private static IEnumerable<(string Name, double Agreement, double Energy)> Judged(Shop shop, LabeledInputs first, LabeledInputs second, Arguments options, ulong seed)
    {
        var fifth = options.Has("validate") ? 1 : 0;
        int[] known = [.. Enumerable.Range(0, first.Count).Where(item => options.Has("validate") ? item % 5 > 1 : item % 5 > 0)];
        int[] others = [.. Enumerable.Range(0, first.Count).Where(item => item % 5 == fifth)];
        var (x, y) = (ModalitiesReproduction.Centered(first, known), ModalitiesReproduction.Centered(second, known));
        var (learn, width) = (x.Beside(y).Part(known), x.Input.Count);
        var style = new LabeledInputs(Directions, known.SelectMany(item => shop.Oracle.Style(item).ToArray()).ToArray(), learn.Labels.ToArray());
        var (real, rng) = (Inputs(x.Beside(y).Part(others)), new Rng(seed));
        var categories = new Ids([.. others.Select(item => first.Labels[item])]);
        var settings = new FeatureGanOptions(options.Int("epochs", 60), options.Int("before", 60))
        {
            Adversarial = options.Float("adversarial", 0.1f), Latent = options.Int("latent", 16), Deviation = options.Float("deviation", 0.5f),
        };
        FeatureGan Gan(LabeledInputs of) => new(of, first.Labels.ToArray().Max() + 1, settings);
        var together = Gan(learn).Train(rng.Fork("gan")).Sampler.Draw(categories, rng.Fork("draw"));
        yield return Result("gan", together);
        yield return Result("autoencoder", Gan(learn).TrainAlone(rng.Fork("gan")).Draw(categories, rng.Fork("draw")));
        yield return Result("two gans", Tensor.Concat(1,
            Gan(x.Part(known)).Train(rng.Fork("first")).Sampler.Draw(categories, rng.Fork("draw")),
            Gan(y.Part(known)).Train(rng.Fork("second")).Sampler.Draw(categories, rng.Fork("other draw"))));
        yield return Result("gan shuffled", Shuffled(together));
        yield return Result("real", real);
        yield return Result("real shuffled", Shuffled(real));

        Tensor Half(Tensor pairs, bool second) => second ? pairs.Slice(1, width, pairs.Shape[1] - width) : pairs.Slice(1, 0, width);

        (string, double, double) Result(string name, Tensor pairs)
        {
            var one = ModalitiesReproduction.Ridge(x.Part(known), style, Half(pairs, false));
            var other = ModalitiesReproduction.Ridge(y.Part(known), style, Half(pairs, true));
            return (name, Enumerable.Range(0, Directions).Average(d => Correlation(one, other, d)), SampleQuality.Of(real, pairs).Distances["energy"]);
        }

        // The second half of another pair of the same category: of the next one.
        Tensor Shuffled(Tensor pairs)
        {
            var next = Enumerable.Range(0, others.Length).Select(n => Enumerable.Range(1, others.Length).Select(step => (n + step) % others.Length)
                .First(m => categories.Rows[m] == categories.Rows[n])).ToArray();
            return Tensor.Concat(1, Half(pairs, false), Half(pairs, true).Rows(new Ids(next)));
        }
    }

    private static Tensor Inputs(LabeledInputs from) => MnistGanReproduction.Inputs(from, 0, from.Count);

    /// <summary>Pearson's, of a column.</summary>
    private static double Correlation(Tensor x, Tensor y, int column) => MathNet.Numerics.Statistics.Correlation.Pearson(Column(x, column), Column(y, column));

    private static IEnumerable<double> Column(Tensor x, int column)
    {
        var values = x.Values.ToArray();
        return Enumerable.Range(0, x.Shape[0]).Select(row => (double)values[row * x.Shape[1] + column]);
    }
}
