using Bulwark.Attacks;
using Bulwark.Defenses;
using Bulwark.Models.Classifiers;
using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Models.Classifiers;

/// <summary>
/// Texts of 3 to 8 of ten pieces: class 1 has the piece 5 somewhere. What every text classifier must do, and what is known of attacks on embeddings.
/// </summary>
public sealed class TextClassifierTests
{
    private const int Vocabulary = 10, Told = 5;
    private static readonly (int[][] Texts, int[] Labels) Train = Draw(400, 1), Test = Draw(200, 2);

    private static readonly Dictionary<string, ITextClassifier> Models = new()
    {
        ["transformer"] = new BertClassifier(new Bert(new(Vocabulary, 16, 1, 2, 32, MaxPositions: 8)), 2),
        ["convolutional"] = new ConvolutionalTextClassifier(Vocabulary, 2, new(8, 8, 0.1f, 1, 2)),
    };

    private static readonly Dictionary<string, Lazy<Point>> OnTrain =
        Models.ToDictionary(pair => pair.Key, pair => new Lazy<Point>(() => Trained(pair.Value, ClassifierObjectives.CrossEntropy(pair.Value))));

    public static TheoryData<string> All => [.. Models.Keys];

    [Theory, MemberData(nameof(All))]
    public void TheAnswerIsFound(string name) => Assert.InRange(Right(Models[name], OnTrain[name].Value), 0.98, 1);

    [Theory, MemberData(nameof(All))]
    public void ATextsClassesDoNotDependOnItsCompany(string name)
    {
        var (model, at) = (Models[name], OnTrain[name].Value);
        int[][] texts = [[1, 5, 2], [3, 4, 5, 6, 7, 8, 9, 1], [2, 2, 2]];
        var together = Logits(model, at, Batch(texts, [0, 0, 0])).Values.ToArray();
        for (var n = 0; n < texts.Length; n++)
        {
            var alone = Logits(model, at, Batch([texts[n]], [0])).Values;
            for (var c = 0; c < 2; c++) Assert.Equal(alone[c], together[2 * n + c], 1e-4f);
        }
    }

    /// <summary>Moved are embeddings, all places of a text together by ε and none behind its end; ε = 0 moves nothing.</summary>
    [Theory, MemberData(nameof(All))]
    public void AnAttackMovesTheEmbeddingsOfEachText(string name)
    {
        var (model, batch) = (Models[name], Batch([[1, 5, 2], [3, 4, 6, 6, 7]], [1, 0]));
        var at = OnTrain[name].Value.With(model.Inputs, model.Embed(OnTrain[name].Value, batch.Tokens));
        var loss = ClassifierObjectives.CrossEntropy(model)(batch, null);
        var before = loss(at).Sum().Item();
        var move = GradientAscent.Fgsm.Find(loss, at, new Threat(new L2Ball(0.05f), model.Inputs), new Rng(1));
        var delta = move[model.Inputs];                                                          // (texts, t, d)
        Assert.All(delta.NormOfRows().Values.ToArray(), length => Assert.Equal(0.05f, length, 1e-4f));
        Assert.All(delta.Slice(0, 0, 1).Slice(1, 3, 2).Values.ToArray(), value => Assert.Equal(0, value));
        Assert.True(loss(at + move).Sum().Item() > before);
        var none = GradientAscent.Fgsm.Find(loss, at, new Threat(new L2Ball(0), model.Inputs), new Rng(1));
        Assert.Equal(before, loss(at + none).Sum().Item());
    }

    /// <summary>The defense that recommenders have, around the same loss; the rows of the pieces are learned through what was moved.</summary>
    [Fact]
    public void AdversarialTrainingWithstandsMore()
    {
        var (model, attack) = (Models["convolutional"], GradientAscent.Fgsm);
        var threat = new Threat(new L2Ball(0.5f), model.Inputs);
        var hardened = Trained(model, new AdversarialTraining(attack, threat).Harden(ClassifierObjectives.CrossEntropy(model)));
        var (plain, after) = (Under(OnTrain["convolutional"].Value), Under(hardened));
        Assert.True(after < plain, $"{plain} before, {after} after");

        float Under(Point weights)
        {
            var batch = Batch(Test.Texts, Test.Labels);
            var (at, loss) = (weights.With(model.Inputs, model.Embed(weights, batch.Tokens)), ClassifierObjectives.CrossEntropy(model)(batch, null));
            return loss(at + attack.Find(loss, at, threat, new Rng(1))).Sum().Item();
        }
    }

    /// <summary>With dropout: each gradient along itself, by central differences; of the cross-entropy and of the logistic loss.</summary>
    [Theory, MemberData(nameof(All))]
    public void GradientsAreThoseOfDifferences(string name)
    {
        var (model, batch) = (Models[name], Batch([[1, 5, 2], [3, 4, 6, 6, 7]], [1, 0]));
        var at = model.Start(new Rng(1)).Map((variable, value) => value + Tensor.Uniform(value.Shape, -0.3f, 0.3f, new Rng(2).Fork(variable.Name)));
        foreach (var objective in new[] { ClassifierObjectives.CrossEntropy(model), ClassifierObjectives.Logistic(model) })
        {
            var loss = ClassifierObjectives.OnInputs(model, objective)(batch, new Rng(5));
            var gradient = Grad.Of(loss, at).Move;
            foreach (var variable in gradient.Variables)
            {
                var slope = gradient[variable];
                var norm = Math.Sqrt(slope.Values.ToArray().Sum(g => (double)g * g));
                if (norm < 1e-2) continue;                   // lost in rounding
                var difference = (Value(0.0005f) - Value(-0.0005f)) / 0.001;       // short: relu and the largest have kinks
                Assert.True(Math.Abs(norm - difference) < 0.05 * norm + 5e-3, $"{variable}: {norm}, by differences {difference}");

                double Value(float t) => loss(at + new Move((variable, slope * (float)(t / norm)))).Item();
            }
        }
    }

    /// <summary>Rows 1 and 3 through (2, −1): 2 − 3 = −1, nothing after relu, and 6 − 0 behind the end: 6; the head gives 3 + .5 and −6.</summary>
    [Fact]
    public void AConvolutionWorkedByHand()
    {
        var model = new ConvolutionalTextClassifier(3, 2, new(1, 1, 0, 2));
        var at = model.Start(new Rng(1)).Map((variable, value) => variable.Name switch
        {
            "words" => Tensor.Of((3, 1), 9, 1, 3),
            "filters.2.weight" => Tensor.Of((2, 1, 1, 1), 2, -1),
            "head.weight" => Tensor.Of((1, 2), 0.5f, -1),
            "head.bias" => Tensor.Of(2, 0.5f, 0),
            _ => Tensor.Zeros(value.Shape),
        });
        Assert.Equal([3.5f, -6], Logits(model, at, Batch([[1, 2]], [0])).Values.ToArray());
    }

    /// <summary>ln(1 + e²) − 2 and ln(1 + e^−1) for one column; for two, the other class is a no: ln(1 + e²) + ln(1 + e^−1) + 1 for class 1.</summary>
    [Fact]
    public void LogisticWorkedByHand()
    {
        double two = Math.Log(1 + Math.Exp(2)), minus = Math.Log(1 + Math.Exp(-1));
        var one = new MlpClassifier([1, 1]);
        Assert.Equal(two - 2 + minus, Loss(one, Tensor.Of((1, 1), 1), [2, -1], [1, 0]), 1e-5);
        Assert.Equal(two + minus + 1, Loss(new MlpClassifier([1, 2]), Tensor.Of((1, 2), 2, -1), [1], [1]), 1e-5);

        static double Loss(IClassifier model, Tensor weight, float[] inputs, int[] labels)
        {
            var batch = new InputBatch();
            batch.Fill(new(1, inputs, labels), [.. Enumerable.Range(0, labels.Length)]);
            var at = model.Start(new Rng(1)).Map((variable, value) => variable.Name == "head.weight" ? weight : Tensor.Zeros(value.Shape));
            return ClassifierObjectives.OnInputs(model, ClassifierObjectives.Logistic(model))(batch, null)(at).Item();
        }
    }

    [Fact]
    public void EveryOptionCounts()
    {
        var batch = Batch([[1, 5, 2], [3, 4, 6, 6, 7]], [1, 0]);
        var first = Of(new(8, 4, 0.3f, 2, 3));
        Assert.Equal(first, Of(new(8, 4, 0.3f, 2, 3)));
        foreach (var options in new ConvolutionalTextOptions[] { new(9, 4, 0.3f, 2, 3), new(8, 5, 0.3f, 2, 3), new(8, 4, 0.2f, 2, 3), new(8, 4, 0.3f, 2, 4) })
            Assert.NotEqual(first, Of(options));
        Assert.Equal([3, 4, 5], new ConvolutionalTextOptions().Heights);

        float Of(ConvolutionalTextOptions options)
        {
            var model = new ConvolutionalTextClassifier(Vocabulary, 2, options);
            return ClassifierObjectives.OnInputs(model, ClassifierObjectives.CrossEntropy(model))(batch, new Rng(2))(model.Start(new Rng(1))).Item();
        }
    }

    [Fact]
    public void AnEpochHoldsEveryTextOnceWithItsClass()
    {
        var (source, batch, found) = (new LabeledTextSource(Test.Texts, Test.Labels, 0, 70, new Rng(1)), new LabeledTexts(), 0);
        for (var step = 0; step < source.StepsPerEpoch; step++)
        {
            source.Fill(batch, step);
            found += batch.Count;
            for (var b = 0; b < batch.Count; b++)
            {
                var told = batch.Tokens.Pieces.Rows.Slice(b * batch.Tokens.Length, batch.Tokens.Length).Contains(Told);
                Assert.Equal(told ? 1 : 0, batch.Labels.Rows[b]);
            }
        }
        Assert.Equal(200, found);
        Assert.Throws<ArgumentException>(() => new LabeledTextSource([], [], 0, 7, new Rng(1)));
        Assert.Throws<ArgumentException>(() => new LabeledTextSource([[1]], [], 0, 7, new Rng(1)));
    }

    private static Point Trained(ITextClassifier model, Objective<LabeledTexts> objective)
    {
        var source = new LabeledTextSource(Train.Texts, Train.Labels, 0, 20, new Rng(3));
        var stage = new Stage<LabeledTexts>("all", 15, ClassifierObjectives.OnInputs(model, objective));
        return new Trainer<LabeledTexts>(source, [stage], new() { Rule = new Adam(0.01f), Ahead = false }).Run(model.Start(new Rng(4)), new Rng(5)).At;
    }

    private static double Right(ITextClassifier model, Point at)
    {
        var logits = Logits(model, at, Batch(Test.Texts, Test.Labels)).Values.ToArray();
        return Test.Labels.Select((label, n) => logits[2 * n + label] > logits[2 * n + 1 - label] ? 1.0 : 0).Average();
    }

    private static Tensor Logits(ITextClassifier model, Point at, LabeledTexts batch) =>
        model.Logits(at.With(model.Inputs, model.Embed(at, batch.Tokens)), batch.Tokens);

    private static LabeledTexts Batch(int[][] texts, int[] labels)
    {
        var batch = new LabeledTexts();
        batch.Tokens.Fill(texts, 0);
        batch.Labels.Fill(labels);
        return batch;
    }

    private static (int[][], int[]) Draw(int count, ulong seed)
    {
        var rng = new Rng(seed);
        int[][] texts = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 3 + rng.Next(6)).Select(_ => 1 + rng.Next(Vocabulary - 1)).ToArray())];
        return (texts, [.. texts.Select(text => text.Contains(Told) ? 1 : 0)]);
    }
}
