using System.Diagnostics;
using Bulwark.Evaluation;
using Bulwark.Features;
using Bulwark.Models.Classifiers;
using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Chinese take-away reviews, good or bad (waimai_10k): a small transformer from scratch, a convolutional net over characters, and logistic regression on
/// TF-IDF of pairs of characters. Every fifth review of a drawn order is for testing; <c>--validate</c> measures on every fifth of the others instead, for
/// choosing settings. <c>--model name</c> takes one of transformer, convolutional and tf-idf.
/// </summary>
internal static class SentimentReproduction
{
    private const int Most = 64, Batch = 64;

    private sealed record Part(string[] Texts, int[] Labels);

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var (train, test) = Fifth(Read(Path.Combine(DataFolder.Find(options, "chinese-reviews"), "waimai_10k.csv")));
        if (options.Has("validate")) (train, test) = Fifth(train);
        foreach (var seed in options.Seeds())
        {
            Print("tf-idf", "logistic regression, pairs of characters", () => Linear(train, test, options, new Rng(seed)));
            Print("convolutional", "filters of 3, 4 and 5 characters", () => Deep(train, test, options, new Rng(seed), options.Int("epochs", 6), 0.001f, pieces => new ConvolutionalTextClassifier(
                pieces, 2, new(options.Int("d", 64), options.Int("filters", 64), options.Float("dropout", 0.5f)))));
            Print("transformer", "one layer, from scratch", () => Deep(train, test, options, new Rng(seed), options.Int("epochs", 8), 0.001f, pieces => new BertClassifier(
                new Bert(new(pieces, options.Int("d", 64), options.Int("layers", 1), 4, 4 * options.Int("d", 64), Most, Dropout: options.Float("dropout", 0.2f))), 2)));

            void Print(string name, string words, Func<float[]> scores)
            {
                if (options.Text("model") is { } only && only != name) return;
                var start = Stopwatch.GetTimestamp();
                var result = Confusion.Of(scores(), 0, [.. test.Labels.Select(label => label == 1)]);
                foreach (var (metric, value) in new[] { ("accuracy", result.Accuracy), ("F1 of good", result.F1) })
                    new Figure("sentiment", name, words, seed, options.Has("validate") ? "validation" : "test", metric, value, null, Figure.Since(start)).Print();
            }
        }
        return 0;
    }

    /// <summary>A text per line behind its class and a comma.</summary>
    private static Part Read(string path)
    {
        string[] lines = [.. File.ReadLines(path).Skip(1).Where(line => line.Length > 2 && line[1] == ',')];
        new Rng(1).Shuffle(lines.AsSpan());
        return new([.. lines.Select(line => line[2..])], [.. lines.Select(line => line[0] - '0')]);
    }

    private static (Part Train, Part Test) Fifth(Part all)
    {
        return (Where(n => n % 5 != 0), Where(n => n % 5 == 0));

        Part Where(Func<int, bool> takes) => new([.. all.Texts.Where((_, n) => takes(n))], [.. all.Labels.Where((_, n) => takes(n))]);
    }

    private static float[] Linear(Part train, Part test, Arguments options, Rng rng)
    {
        var terms = new TextVectorizer(train.Texts, new HanTokenizer(), options.Int("fewest", 5));
        var (columns, model) = (terms.Terms.Count, new MlpClassifier([terms.Terms.Count, 1]));
        var source = new InputSource(new(columns, terms.TfIdf(train.Texts).ToTensor().Values.ToArray(), train.Labels), Batch, rng.Fork("order"));
        var stage = new Stage<InputBatch>("all", 10, ClassifierObjectives.OnInputs(model, ClassifierObjectives.Logistic(model)));
        var trainer = new Trainer<InputBatch>(source, [stage], new() { Rule = new Adam(0.01f), L2 = options.Float("l2", 0) });
        var at = trainer.Run(model.Start(rng.Fork("start")), rng).At;
        return model.Logits(at.With(model.Inputs, terms.TfIdf(test.Texts).ToTensor())).Values.ToArray();
    }

    /// <summary>How much more the model thinks a text good than bad.</summary>
    private static float[] Deep(Part train, Part test, Arguments options, Rng rng, int epochs, float rate, Func<int, ITextClassifier> create)
    {
        var pieces = WordPieceLearner.Learn(train.Texts, options.Int("pieces", 4000));
        int[][] texts = [.. train.Texts.Select(text => pieces.Encode(text, Most))], asked = [.. test.Texts.Select(text => pieces.Encode(text, Most))];
        var (model, source) = (create(pieces.Vocabulary.Count), new LabeledTextSource(texts, train.Labels, pieces.Pad, Batch, rng.Fork("order")));
        var objective = ClassifierObjectives.OnInputs(model, ClassifierObjectives.CrossEntropy(model));
        var steps = (long)epochs * source.StepsPerEpoch;
        var at = new Trainer<LabeledTexts>(source, [new("all", epochs, objective)], new()
        {
            Rule = new Adam(options.Float("rate", rate)),
            Schedule = Schedules.WarmUp(steps / 10).Times(Schedules.Cosine(steps)),
        }).Run(model.Start(rng.Fork("start")), rng).At;
        var (scores, batch) = (new List<float>(), new TokenBatch());
        foreach (var some in asked.Chunk(Batch))
        {
            using var scope = Scope.Open();
            batch.Fill(some, pieces.Pad);
            var logits = model.Logits(at.With(model.Inputs, model.Embed(at, batch)), batch).Values;
            for (var n = 0; n < some.Length; n++) scores.Add(logits[2 * n + 1] - logits[2 * n]);
        }
        return [.. scores];
    }
}
