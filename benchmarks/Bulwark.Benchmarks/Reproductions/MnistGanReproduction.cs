using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Data.Readers;
using Bulwark.Evaluation;
using Bulwark.Generative;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Formats;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Digits made by a convolutional GAN, by a VAE-GAN and by its autoencoder alone, judged by a convolutional classifier trained on the real ones: how many
/// classes it sees, how often it is sure, and the Fréchet distance in its features to a random half of the test images; beside them the other half.
/// <c>--model conv|vae-gan|vae</c>, <c>--seeds 1,2,3</c>, <c>--epochs n</c>; <c>--judge file</c> keeps the classifier there, and takes it from there where it
/// is; <c>--games folder</c> keeps games at each epoch's end and goes on with them; <c>--samples folder</c> writes a picture of a hundred.
/// </summary>
internal static class MnistGanReproduction
{
    private const int Latent = 64, Hidden = 96, Batch = 64, Samples = 5_000, Chunk = 500;
    private const float Sure = 0.9f;

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var folder = DataFolder.Find(options, "mnist");
        var (train, test) = (IdxReader.Read(folder, "train-"), IdxReader.Read(folder, "t10k-"));
        int[] order = [.. Enumerable.Range(0, test.Count)];
        new Rng(0).Shuffle<int>(order);
        var judge = Judge.Of(train, test, order.AsSpan(0, Samples), options);
        judge.Print("real", "", 0, Inputs(test, order.AsSpan(Samples, Samples)), 0);
        foreach (var seed in options.Seeds())
            foreach (var name in new[] { "conv", "vae-gan", "vae" })
                if ((options.Text("model") ?? name) == name) Play(name, seed, train, judge, options);
        return 0;
    }

    private static void Play(string name, ulong seed, LabeledInputs train, Judge judge, Arguments options)
    {
        var (start, rng) = (Stopwatch.GetTimestamp(), new Rng(seed));
        var generator = new ConvolutionalGenerator(Latent, train.Input, [48, 16]);
        var critic = new ConvolutionalCritic(train.Input, [16, 48], Hidden);
        var model = new VaeGan(
            new ConvolutionalEncoder(train.Input, [16, 48], Hidden, Latent), generator, new SpectralFeatures(critic), AdversarialLoss.NonSaturating)
        {
            Deviation = options.Float("deviation", 0.1f),
            Adversarial = options.Float("adversarial", 10),
        };
        var source = new InputSource(train, Batch, rng.Fork("batches"));
        var rule = new Adam(options.Float("rate", 5e-4f), 0.5f);
        var at = name == "vae" ? Alone() : Game();
        var samples = Chunks(i => generator.Generate(at, Chunk, null, rng.Fork("samples").Fork(i)));
        judge.Print(name, $"{options.Int("epochs", 10)} epochs", seed, samples, Figure.Since(start));
        if (options.Text("samples") is { } to) Picture(Path.Combine(to, $"mnist-{name}-{seed}.pgm"), samples);

        Point Game()
        {
            var settings = new GameOptions(options.Int("epochs", 10))
            {
                CriticSteps = 1, Critic = rule, Generator = rule, Averaging = 0.999f,
                Checkpoint = options.Text("games") is { } folder ? Path.Combine(folder, $"mnist-{name}-{seed}.safetensors") : null, Resume = true,
                Ahead = Team.Threads > 1,
            };
            var game = name == "conv" ? new Gan(generator, model.Critic, model.Loss).On<InputBatch>(Examples.Of) : model.On<InputBatch>(Examples.Of);
            var trainer = new GameTrainer<InputBatch>(source, game, settings);
            var first = name == "conv" ? generator.Start(rng.Fork("generator")) : model.Start(rng.Fork("generator"));
            return trainer.Run(critic.Start(rng.Fork("critic")), first, rng.Fork("game"), null, new EpochLines()).Generator;
        }

        Point Alone()
        {
            var training = new TrainingOptions { Rule = new Adam(1e-3f), Ahead = Team.Threads > 1 };
            var stage = new Stage<InputBatch>("vae", options.Int("epochs", 10), model.Alone<InputBatch>(Examples.Of, 0.3f));
            return new Trainer<InputBatch>(source, [stage], training).Run(model.Start(rng.Fork("generator")), rng.Fork("game"), null, new EpochLines()).At;
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

    private static Tensor Chunks(Func<int, Tensor> chunk)
    {
        var chunks = new Tensor[Samples / Chunk];
        for (var i = 0; i < chunks.Length; i++)
        {
            using var scope = Scope.Open();
            chunks[i] = chunk(i).Keep();
        }
        return Tensor.Concat(0, chunks);
    }

    /// <summary>The first hundred, ten in a row, as a portable graymap.</summary>
    private static void Picture(string path, Tensor samples)
    {
        var (height, width) = (samples.Shape[1], samples.Shape[2]);
        var pixels = new byte[100 * height * width];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (row, column) = (i / (10 * width), i % (10 * width));
            var image = row / height * 10 + column / width;
            pixels[i] = (byte)(255 * samples.Values[(image * height + row % height) * width + column % width]);
        }
        using var file = File.Create(path);
        file.Write(System.Text.Encoding.ASCII.GetBytes($"P5 {10 * width} {10 * height} 255\n"));
        file.Write(pixels);
    }

    /// <summary>A classifier of real digits, and its features of real ones.</summary>
    private sealed class Judge(ConvolutionalClassifier model, Point at, Tensor real)
    {
        public static Judge Of(LabeledInputs train, LabeledInputs test, ReadOnlySpan<int> real, Arguments options)
        {
            var (model, epochs) = (new ConvolutionalClassifier(train.Input, 10, new(Dropout: 0.4f)), options.Int("judge-epochs", 3));
            var (at, file) = (model.Start(new Rng(1).Fork("start")), options.Text("judge"));
            if (file is not null && File.Exists(file))
            {
                var saved = Safetensors.Read(file).Entries.ToDictionary(entry => entry.Name, entry => entry.Value);
                foreach (var variable in at.Variables) at = at.With(variable, saved[variable.Name]);
            }
            else
            {
                at = Trained(model, at, train, epochs);
                if (file is not null) Safetensors.Write(file, [.. at.Variables.ToArray().Select(variable => (variable.Name, at[variable]))]);
            }
            new Figure("mnist-gan", "judge", $"{epochs} epochs", 1, "test", "accuracy", Accuracy.Of(model, at, test), null, 0).Print();
            return new(model, at, Features(model, at, Inputs(test, real)));
        }

        private static Point Trained(ConvolutionalClassifier model, Point start, LabeledInputs train, int epochs)
        {
            var rng = new Rng(1);
            var source = new InputSource(train, 100, rng.Fork("batches"));
            var options = new TrainingOptions { Rule = new Adam(0.001f), Schedule = Schedules.Cosine(epochs * source.StepsPerEpoch), Ahead = Team.Threads > 1 };
            var stage = new Stage<InputBatch>("judge", epochs, ClassifierObjectives.OnInputs(model, ClassifierObjectives.CrossEntropy(model)));
            return new Trainer<InputBatch>(source, [stage], options).Run(start, rng, null, new EpochLines()).At;
        }

        public void Print(string name, string settings, ulong seed, Tensor samples, double seconds)
        {
            var (classes, sure) = (new int[10], 0);
            var probabilities = Chunks(i => model.Logits(at.With(model.Inputs, samples.Slice(0, i * Chunk, Chunk))).Softmax());
            for (var i = 0; i < Samples; i++)
            {
                var row = probabilities.Values.Slice(10 * i, 10);
                var best = row.IndexOf(row.ToArray().Max());
                if (row[best] >= Sure) (sure, classes[best]) = (sure + 1, classes[best] + 1);
            }
            Say("classes seen in 1% or more", classes.Count(count => count >= Samples / 100));
            Say("rarest class", (double)classes.Min() / Samples);
            Say($"confidence of {Sure}".ToString(CultureInfo.InvariantCulture), (double)sure / Samples);
            Say("Fréchet distance to half of the test images", FrechetDistance.Between(Features(model, at, samples), real));

            void Say(string metric, double value) => new Figure("mnist-gan", name, settings, seed, "test", metric, value, null, seconds).Print();
        }

        private static Tensor Features(ConvolutionalClassifier model, Point at, Tensor images) =>
            Chunks(i => model.Features(at.With(model.Inputs, images.Slice(0, i * Chunk, Chunk))));
    }
}
