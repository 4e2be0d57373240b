using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Defenses;
using Bulwark.Evaluation;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Models.Classifiers;

/// <summary>What every classifier must do, and what is known of attacks on inputs.</summary>
public sealed class ClassifierTests
{
    private static readonly Window _same = new(3, 3, 1, 1), _half = new(3, 3, 2, 1);

    private static readonly Dictionary<string, IClassifier> _models = new()
    {
        ["mlp"] = new MlpClassifier([Bars.Size * Bars.Size, 64, Bars.Classes]),
        ["convolutional"] = new ConvolutionalClassifier(Bars.Test.Input, Bars.Classes, new(16, 0.1f, (8, _same), (8, _half))),
    };

    private static readonly Dictionary<string, Lazy<Point>> _trained = _models.ToDictionary(pair => pair.Key, pair => new Lazy<Point>(() => Bars.Trained(pair.Value)));

    public static TheoryData<string, double> All => new() { { "mlp", 0.8 }, { "convolutional", 0.97 } };

    [Theory, MemberData(nameof(All))]
    public void TheAnswerIsFound(string name, double enough) =>
        Assert.InRange(Accuracy.Of(_models[name], _trained[name].Value, Bars.Test), enough, 1);

    [Theory, MemberData(nameof(All))]
    public void MovesOfInputsStayInBallAndBoxAndStrongerAttacksDoMore(string name, double clean)
    {
        var (model, at, batch) = (_models[name], _trained[name].Value, new InputBatch());
        var threat = new Threat(new LinfBall(0.1f), model.Inputs) { Box = (0, 1) };
        batch.Fill(Bars.Test, [.. Enumerable.Range(0, Bars.Test.Count)]);
        var (point, loss) = (at.With(model.Inputs, batch.Inputs), ClassifierObjectives.CrossEntropy(model)(batch, null));
        var values = new[] { new GradientAscent(0, 1), GradientAscent.Fgsm, GradientAscent.Pgd(20) }.Select(attack =>
        {
            var move = attack.Find(loss, point, threat, new Rng(1));
            Assert.All((point + move)[model.Inputs].Values.ToArray(), value => Assert.InRange(value, 0, 1));
            if (!move.IsZero) Assert.All(move[model.Inputs].Values.ToArray(), delta => Assert.InRange(delta, -0.1001f, 0.1001f));
            return loss(point + move).Sum().Item();
        }).ToArray();
        Assert.True(values[0] < values[1] && values[1] < values[2], string.Join(", ", values));

        double fgsm = Under(GradientAscent.Fgsm), pgd = Under(GradientAscent.Pgd(20)), noise = Under(new Noise());
        Assert.True(pgd <= fgsm && fgsm < clean && fgsm < noise, $"PGD {pgd}, FGSM {fgsm}, noise {noise}");

        double Under(IAttack attack) => Accuracy.Of(model, at, Bars.Test, attack, threat, new Rng(1));
    }

    [Fact]
    public void NoRadiusIsNoAttack()
    {
        var (model, at) = (_models["mlp"], _trained["mlp"].Value);
        var none = new Threat(new LinfBall(0), model.Inputs) { Box = (0, 1) };
        Assert.Equal(Accuracy.Of(model, at, Bars.Test), Accuracy.Of(model, at, Bars.Test, GradientAscent.Pgd(5), none, new Rng(1)));
    }

    /// <summary>Trained on moved inputs beside the clean ones, by the defense that recommenders have, it withstands more than trained on clean ones alone.</summary>
    [Fact]
    public void AdversarialTrainingWithstandsMore()
    {
        var (model, attack) = (_models["mlp"], GradientAscent.Pgd(5));
        var threat = new Threat(new LinfBall(0.1f), model.Inputs) { Box = (0, 1) };
        var hardened = Bars.Trained(model, new AdversarialTraining(attack, threat).Harden(ClassifierObjectives.CrossEntropy(model)));
        var (plain, after) = (Under(_trained["mlp"].Value), Under(hardened));
        Assert.True(after > plain + 0.1, $"{plain} before, {after} after");

        double Under(Point at) => Accuracy.Of(model, at, Bars.Test, attack, threat, new Rng(1));
    }

    [Theory, MemberData(nameof(All))]
    public void TheStartFollowsTheSeedAndHasNoInputs(string name, double enough)
    {
        var model = _models[name];
        var (first, again, other) = (model.Start(new Rng(8)), model.Start(new Rng(8)), model.Start(new Rng(9)));
        Assert.InRange(enough, 0, 1);
        Assert.False(first.Has(model.Inputs));
        foreach (var variable in first.Variables)
        {
            Assert.Equal(first[variable].Values, again[variable].Values);
            if (variable.Name.EndsWith("weight")) Assert.NotEqual(first[variable].Values.ToArray(), other[variable].Values.ToArray());
        }
        Assert.Equal(first.Variables.Length, first.Variables.ToArray().Select(variable => variable.Name).Distinct().Count());
    }

    /// <summary>(1, 2) through columns (1, 1) and (−1, 0), relu: (3, 0); the head has columns (2, 5) and (−1, 5), biases 0 and 4: (6, 1).</summary>
    [Fact]
    public void AnMlpWorkedByHand()
    {
        var model = new MlpClassifier([2, 2, 2]);
        var at = model.Start(new Rng(1)).Map((variable, value) => variable.Name switch
        {
            "hidden.0.weight" => Tensor.Of((2, 2), 1, -1, 1, 0),
            "head.weight" => Tensor.Of((2, 2), 2, -1, 5, 5),
            "head.bias" => Tensor.Of(2, 0, 4),
            _ => Tensor.Zeros(value.Shape),
        });
        Assert.Equal([6, 1], model.Logits(at.With(model.Inputs, Tensor.Of((1, 1, 2), 1, 2))).Values.ToArray());
    }

    /// <summary>
    /// One pixel of 2 through windows whose middle is 3 and then −1: 6 after relu, −6 before the second, 0 after; the head is its bias. With 1 for −1 it is 6,
    /// which the hidden unit doubles and the head adds to its bias.
    /// </summary>
    [Fact]
    public void AConvolutionWorkedByHand()
    {
        var model = new ConvolutionalClassifier((1, 1, 1), 2, new(1, 0, (1, _same), (1, _half)));
        Assert.Equal([0.5f, -0.5f], Logits(-1));
        Assert.Equal([12.5f, -0.5f], Logits(1));

        float[] Logits(float second)
        {
            var at = model.Start(new Rng(1)).Map((variable, value) => variable.Name switch
            {
                "convolution.0.weight" => Middle(3),
                "convolution.1.weight" => Middle(second),
                "hidden.weight" => Tensor.Of((1, 1), 2),
                "head.weight" => Tensor.Of((1, 2), 1, 0),
                "head.bias" => Tensor.Of(2, 0.5f, -0.5f),
                _ => Tensor.Zeros(value.Shape),
            });
            return model.Logits(at.With(model.Inputs, Tensor.Of((1, 1, 1, 1), 2))).Values.ToArray();
        }

        static Tensor Middle(float value) => Tensor.Of((3, 3, 1, 1), 9, 9, 9, 9, value, 9, 9, 9, 9);
    }

    [Fact]
    public void EveryOptionCounts()
    {
        var batch = new InputBatch();
        batch.Fill(Bars.Test, [0, 1, 2]);
        var first = Loss(Convolutional(new(16, 0.3f, (4, _same), (4, _half))));
        Assert.Equal(first, Loss(Convolutional(new(16, 0.3f, (4, _same), (4, _half)))));
        Assert.NotEqual(first, Loss(Convolutional(new(17, 0.3f, (4, _same), (4, _half)))));
        Assert.NotEqual(first, Loss(Convolutional(new(16, 0.2f, (4, _same), (4, _half)))));
        Assert.NotEqual(first, Loss(Convolutional(new(16, 0.3f, (4, _same), (4, _half), (4, _half)))));
        Assert.NotEqual(first, Loss(Convolutional(new(16, 0.3f, (4, _same), (5, _half)))));
        Assert.NotEqual(first, Loss(Convolutional(new(16, 0.3f, (4, _same), (4, _same)))));
        Assert.NotEqual(first, Loss(Convolutional(new(16, 0.3f, (4, _same), (4, new(5, 5, 2, 2))))));
        Assert.NotEqual(Loss(new MlpClassifier([64, 9, 3])), Loss(new MlpClassifier([64, 9, 3], 0.2f)));
        Assert.Throws<ArgumentException>(() => new ConvolutionalClassifier((8, 8), 2, new()));

        float Loss(IClassifier model) =>
            ClassifierObjectives.OnInputs(model, ClassifierObjectives.CrossEntropy(model))(batch, new Rng(2))(model.Start(new Rng(1))).Item();

        static IClassifier Convolutional(ConvolutionalOptions options) => new ConvolutionalClassifier(Bars.Test.Input, Bars.Classes, options);
    }

    [Fact]
    public void AnEpochHoldsEveryInputOnceWithItsClass()
    {
        var (source, batch) = (new InputSource(Bars.Test, 70, new Rng(1)), new InputBatch());
        var found = new List<(float, int)>();
        for (var step = 0; step < source.StepsPerEpoch; step++)
        {
            source.Fill(batch, step);
            for (var b = 0; b < batch.Count; b++) found.Add((batch.Inputs.Values[b * 64], batch.Labels.Rows[b]));
        }
        var expected = Enumerable.Range(0, Bars.Test.Count).Select(i => (Bars.Test[i][0], Bars.Test.Labels[i])).ToArray();
        Assert.Equal(expected.Order(), found.Order());
        Assert.NotEqual(expected, found);
        Assert.Throws<ArgumentException>(() => new InputSource(Bars.Test.Part(0, 0), 7, new Rng(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InputSource(Bars.Test, 0, new Rng(1)));
    }

    /// <summary>Of classes 0 and 1 with one score each, both inputs are ties; a bias for class 1 gets one of two right.</summary>
    [Fact]
    public void TiesCountAgainstTheModel()
    {
        var (model, inputs) = (new MlpClassifier([1, 2]), new LabeledInputs(1, new float[] { 1, 2 }, new[] { 0, 1 }));
        var at = model.Start(new Rng(1)).Map((_, value) => Tensor.Zeros(value.Shape));
        Assert.Equal(0, Accuracy.Of(model, at, inputs));
        Assert.Equal(0.5, Accuracy.Of(model, at.Map((variable, value) => variable.Name == "head.bias" ? Tensor.Of(2, 0, 1) : value), inputs));
    }
}
