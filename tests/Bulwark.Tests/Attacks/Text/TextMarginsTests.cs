using Bulwark.Attacks.Text;
using Bulwark.Models.Classifiers;
using Bulwark.Models.Text;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Attacks.Text;

public sealed class TextMarginsTests
{
    private const int Most = 8;
    private static readonly string[] Praise = ["good tea", "good red cup", "茶很好", "好茶"], Blame = ["bad tea", "bad red cup", "茶很坏", "坏茶"];

    /// <summary>One word flips what a classifier has learned, in English and in Chinese; of two classes one margin is the other's opposite.</summary>
    [Fact]
    public void OneWordFlipsASentiment()
    {
        string[] texts = [.. Praise, .. Blame];
        var pieces = WordPieceLearner.Learn(texts, 40);
        var model = new ConvolutionalTextClassifier(pieces.Vocabulary.Count, 2, new(8, 8, 0, 1, 2));
        int[][] sequences = [.. texts.Select(text => pieces.Encode(text, Most))];
        var source = new LabeledTextSource(sequences, [1, 1, 1, 1, 0, 0, 0, 0], pieces.Pad, 8, new(1));
        var objective = ClassifierObjectives.OnInputs(model, ClassifierObjectives.CrossEntropy(model));
        var at = new Trainer<LabeledTexts>(source, [new("all", 60, objective)], new() { Rule = new Adam(0.02f), Ahead = false }).Run(model.Start(new(1)), new(2)).At;
        var edits = new TextEdits(word => ["good", "bad", "tea", "好", "坏"]);
        foreach (var (n, text) in texts.Index())
        {
            var (own, other) = (Margins(n < 4 ? 1 : 0), Margins(n < 4 ? 0 : 1));
            Assert.True(own([text])[0] < 0);
            Assert.Equal(own([text, "tea"])[0], -other([text])[0], 1e-4f);                       // whatever the company
            var edited = new GreedyEdits(edits, 10, Goal: 0).Find(own, text, new(1), new(1));
            Assert.True(edited.After > 0, $"{text} to {edited.Text}: {edited.After}");
            Assert.True(other([edited.Text])[0] < 0);
        }

        TextScores Margins(int label) => TextMargins.Of(model, at, pieces, Most, label);
    }
}
