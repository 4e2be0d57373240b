using System.Diagnostics;
using Bulwark.Data;
using Bulwark.Features;
using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;
using MathNet.Numerics.LinearAlgebra;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Items with a missing half in the generated shop: words from a picture, a picture from words, a clip's frames from its sound and its sound from its frames. Nets learn
/// on four products in five and complete the fifth, whose error is a share of the mean's (1 is the mean). Then the fifth, without the half that
/// is completed and never touched, is recommended by a content model over the completed halves, and by a factorization that reads both halves: Recall@10 among the
/// fifth. Beside <see cref="Completion"/> stand the same net without a critic and ridge regression; without completion there are lists by the halves that are
/// there, and the factorization with the missing half at its mean; with nothing missing, what completion could bring at most. Settings were chosen by
/// <c>--validate</c>, on a fifth of the products instead of the fifth. <c>--task n</c>, <c>--seeds 1,2,3</c>, <c>--epochs n</c>, <c>--adversarial w</c>.
/// <c>--towers</c> measures <see cref="PictureTowers"/> instead.
/// </summary>
internal static class ModalitiesReproduction
{
    private const int Latent = 8, Draws = 16, Batch = 50;
    private const string Learned = "recall@10 by rows learned from content";
    private static readonly int[] Channels = [16, 32];

    /// <param name="Name">In words.</param>
    /// <param name="Missing">What is completed.</param>
    /// <param name="There">What it is completed from.</param>
    /// <param name="Epochs">How many passes its nets learn.</param>
    /// <param name="Image">The shape of what is there, if it is a picture.</param>
    private sealed record Pair(string Name, LabeledInputs Missing, LabeledInputs There, int Epochs, Shape? Image = null);

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        foreach (var seed in options.Seeds())
        {
            var shop = GeneratedShop.Create(new ShopOptions(Products: options.Int("products", 2000)), seed);
            var (words, media) = (Words(shop), shop.Media);
            Pair[] pairs =
            [
                new("words from picture", words, media.Pictures, 30, media.Pictures.Input), new("picture from words", media.Pictures, words, 20),
                new("frames from sound", media.Frames, media.Sounds, 150), new("sound from frames", media.Sounds, media.Frames, 150),
            ];
            var all = shop.Dataset.Interactions.DistinctPairs();
            if (options.Has("towers"))
            {
                PictureTowers.Measure(media.Pictures, all, options, seed, Known(all, options), Cold(all, options));
                continue;
            }
            foreach (var (task, pair) in pairs.Index())
                if (options.Int("task", task) == task) Measure(pair, all, options, seed);
        }
        return 0;
    }

    private static int[] Known(Interactions all, Arguments options) =>
        [.. Enumerable.Range(0, all.ItemCount).Where(item => options.Has("validate") ? item % 5 > 1 : item % 5 > 0)];

    private static int[] Cold(Interactions all, Arguments options) =>
        [.. Enumerable.Range(0, all.ItemCount).Where(item => item % 5 == (options.Has("validate") ? 1 : 0))];

    private static void Measure(Pair pair, Interactions all, Arguments options, ulong seed)
    {
        var (start, validate) = (Stopwatch.GetTimestamp(), options.Has("validate"));
        var (known, cold) = (Known(all, options), Cold(all, options));
        var (missing, there) = (Centered(pair.Missing, known), Centered(pair.There, known));
        var (x, c, given, truth) = (missing.Part(known), there.Part(known), Inputs(there.Part(cold)), Inputs(missing.Part(cold)));
        var shop = new ColdItems(all, known, cold);
        var factors = new ColdFactors(all, known, cold, new(Dimension: 16, UnseenWeight: 0.1f, L2: 0.02f));

        Print("chance", "recall@10", (double)ColdItems.Cutoff / cold.Length);
        Print("without completion, by what is there", "recall@10", shop.Recall(Inputs(c), given));
        Print("without completion, by what is there", Learned, factors.Recall(Ridge(c, factors.Known, given)));
        Print("without completion, the missing half at its mean", Learned, ByBoth(Tensor.Zeros(truth.Shape)));
        Say("mean", Tensor.Zeros(truth.Shape));
        Say("ridge regression", Ridge(c, x, given));
        Net("net without critic", 0);
        Net("net against critic", options.Float("adversarial", 0.3f));
        Print("nothing missing", "recall@10", shop.Recall(Inputs(x), truth));
        Print("nothing missing", Learned, ByBoth(truth));

        double ByBoth(Tensor completed) => factors.Recall(Ridge(x.Beside(c), factors.Known, Tensor.Concat(1, completed, given)));

        void Net(string name, float adversarial)
        {
            var (rng, output) = (new Rng(seed), x.Input.Count);
            IGenerator generator = pair.Image is { } image
                ? new PictureGiven(image, Channels, new MlpGenerator(Latent, [128], output, PictureGiven.Width(image, Channels)))
                : new MlpGenerator(Latent, [128, 128], output, c.Input.Count);
            var model = new Completion(generator, new MlpCritic(output, [128], c.Input.Count), AdversarialLoss.Wasserstein, 10) { Adversarial = adversarial };
            var source = new InputSource(x.Beside(c), Batch, rng.Fork("batches"));
            var (epochs, rule) = (options.Int("epochs", pair.Epochs), new Adam(options.Float("rate", 1e-3f), 0.5f));
            var settings = new GameOptions(epochs)
            {
                CriticSteps = 1, Critic = rule, Generator = rule, Averaging = 0.99f, Schedule = Schedules.Cosine(epochs * source.StepsPerEpoch, 0.02f),
                Ahead = Team.Threads > 1,
            };
            var at = new GameTrainer<InputBatch>(source, model.On(Examples.Paired(output)), settings).Run(
                model.Critic.Start(rng.Fork("critic")), generator.Start(rng.Fork("generator")), rng.Fork("game"), null, new EpochLines()).Generator;
            Say(name, model.Complete(at, given, Draws, rng.Fork("completed")));
            var (pairs, drawn) = (Tensor.Concat(1, truth, given), Tensor.Concat(1, model.Complete(at, given, 1, rng.Fork("drawn")), given));
            Print(name, "energy distance of pairs with one draw", SampleQuality.Of(pairs, drawn).Distances["energy"]);
        }

        void Say(string name, Tensor completed)
        {
            Print(name, "squared error, share of the mean's", (double)truth.SquaredError(completed).Item() / (truth * truth).Sum().Item());
            if (name == "mean") return;
            Print(name, "recall@10", shop.Recall(Inputs(x), completed));
            Print(name, Learned, ByBoth(completed));
        }

        void Print(string name, string metric, double value) => new Figure(
            "modalities", $"{pair.Name}, {name}", "", seed, validate ? "validation" : "test", metric, value, null, Figure.Since(start)).Print();
    }

    /// <summary>Words of title and description, weighed by TF-IDF; those of a single product say nothing of others.</summary>
    internal static LabeledInputs Words(Shop shop)
    {
        var (titles, texts) = (shop.Dataset.Items!["title"].Texts.ToArray(), shop.Dataset.Items["description"].Texts.ToArray());
        string[] whole = [.. titles.Zip(texts, (title, text) => $"{title} {text}")];
        var rows = new TextVectorizer(whole, new WordTokenizer(), 10).TfIdf(whole).ToTensor();
        return new(rows.Shape[1], rows.Values.ToArray(), shop.Media.Pictures.Labels.ToArray());
    }

    /// <summary>Minus the mean of the known items, over their deviation from it: one for all columns.</summary>
    internal static LabeledInputs Centered(LabeledInputs from, int[] known)
    {
        var (all, width) = (Inputs(from), from.Input.Count);
        all = all.Reshape((from.Count, width));
        var part = Inputs(from.Part(known)).Reshape((known.Length, width));
        var mean = part.Mean(0, keep: true);
        var deviation = MathF.Sqrt(((part - mean) * (part - mean)).Mean().Item());
        return new(width, ((all - mean) / deviation).Values.ToArray(), from.Labels.ToArray());
    }

    private static Tensor Inputs(LabeledInputs from) => MnistGanReproduction.Inputs(from, 0, from.Count);

    /// <summary>Y Cᵀ (C Cᵀ + λ)⁻¹, whose λ has the least error on every fifth row when the others teach.</summary>
    internal static Tensor Ridge(LabeledInputs c, LabeledInputs x, Tensor given)
    {
        var (from, to) = (Rows(Inputs(c)), Rows(Inputs(x)));
        var (teach, judge) = (Some(from, to, row => row % 5 > 0), Some(from, to, row => row % 5 == 0));
        var best = new[] { 0.1, 1, 10, 100, 1000, 10_000 }.MinBy(lambda => (judge.From * Weights(teach.From, teach.To, lambda) - judge.To).FrobeniusNorm());
        var completed = Rows(given) * Weights(from, to, best);
        return Tensor.Of((completed.RowCount, completed.ColumnCount), [.. completed.ToRowMajorArray().Select(value => (float)value)]);

        static Matrix<double> Weights(Matrix<double> from, Matrix<double> to, double lambda) =>
            (from.TransposeThisAndMultiply(from) + lambda * Matrix<double>.Build.DenseIdentity(from.ColumnCount)).Cholesky().Solve(from.TransposeThisAndMultiply(to));

        static (Matrix<double> From, Matrix<double> To) Some(Matrix<double> from, Matrix<double> to, Func<int, bool> taken)
        {
            int[] rows = [.. Enumerable.Range(0, from.RowCount).Where(taken)];
            return (Matrix<double>.Build.DenseOfRows(rows.Select(from.Row)), Matrix<double>.Build.DenseOfRows(rows.Select(to.Row)));
        }

        static Matrix<double> Rows(Tensor x) =>
            Matrix<double>.Build.DenseOfRowMajor(x.Shape[0], x.Shape[1], x.Values.ToArray().Select(value => (double)value));
    }
}
