using System.Diagnostics;
using Bulwark.Data;
using Bulwark.Data.Readers;
using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Digits made by a convolutional GAN, by a VAE-GAN and by its autoencoder alone, each given the digit's label, judged by a convolutional classifier trained
/// on the real ones: how many classes it sees, how often it is sure, and the Fréchet distance in its features to a random half of the test images; beside
/// them the other half. <c>--validate</c> holds the last 10,000 training digits out of the generators' training and measures on them.
/// <c>--model conv|vae-gan|vae</c>, <c>--seeds 1,2,3</c>, <c>--epochs n</c>, <c>--noise σ</c> of the conv GAN's instances; <c>--judge file</c> keeps the
/// classifier there, and takes it from there where it is; <c>--games folder</c> keeps games at each epoch's end and goes on with them;
/// <c>--samples folder</c> writes <c>report.html</c> and pictures there.
/// </summary>
internal static class MnistGanReproduction
{
    private const int Samples = 5_000;

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var folder = DataFolder.Find(options, "mnist");
        var train = IdxReader.Read(folder, "train-");
        var (part, seen, test) = options.Has("validate")
            ? ("validation", train.Part(0, 50_000), train.Part(50_000, 10_000)) : ("test", train, IdxReader.Read(folder, "t10k-"));
        int[] order = [.. Enumerable.Range(0, test.Count)];
        new Rng(0).Shuffle<int>(order);
        var judge = DigitJudge.Of(train, test, Inputs(test, order.AsSpan(0, Samples)), part, options);
        var real = judge.Figures(Inputs(test, order.AsSpan(Samples, Samples)));
        Print("real", 0, real, 0);
        var report = new DigitReport(real, part, $"{options.Int("epochs", 10)} epochs, given the labels");
        foreach (var seed in options.Seeds())
            foreach (var name in new[] { "conv", "vae-gan", "vae" })
            {
                if ((options.Text("model") ?? name) != name) continue;
                var start = Stopwatch.GetTimestamp();
                var (samples, curve) = new DigitGenerators(seen, seed, options).Play(name);
                foreach (var warned in curve.GroupBy(epoch => epoch.Warning).Where(epochs => epochs.Key != GameWarning.None))
                    Console.Error.WriteLine($"{name}, seed {seed}: {warned.Key} in the epochs {string.Join(", ", warned.Select(epoch => epoch.Epoch))}");
                var figures = judge.Figures(samples);
                Print(name, seed, figures, Figure.Since(start));
                report.Add(name, seed, figures, samples, curve);
                if (options.Text("samples") is { } to) report.Write(to);
            }
        return 0;

        void Print(string name, ulong seed, DigitFigures figures, double seconds)
        {
            foreach (var (metric, value) in figures.All())
                new Figure("mnist-gan", name, $"{options.Int("epochs", 10)} epochs", seed, part, metric, value, null, seconds).Print();
        }
    }

    /// <summary>So many of the inputs as one tensor.</summary>
    public static Tensor Inputs(LabeledInputs from, int first, int count) => Inputs(from, [.. Enumerable.Range(first, count)]);

    private static Tensor Inputs(LabeledInputs from, ReadOnlySpan<int> indices)
    {
        var batch = new InputBatch();
        batch.Fill(from, indices);
        return batch.Inputs;
    }
}
