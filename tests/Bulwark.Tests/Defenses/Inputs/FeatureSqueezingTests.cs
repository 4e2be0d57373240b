using Bulwark.Attacks;
using Bulwark.Defenses.Inputs;
using Bulwark.Evaluation;
using Bulwark.Tensors;
using Bulwark.Tests.Models.Classifiers;
using Bulwark.Training;

namespace Bulwark.Tests.Defenses.Inputs;

public sealed class FeatureSqueezingTests
{
    private static readonly Lazy<Point> _trained = new(() => Bars.Trained(DefenseWorld.BarsModel));

    /// <summary>One bit rounds to 0 or 1, two bits to thirds; squeezing twice is squeezing once.</summary>
    [Fact]
    public void LevelsByHand()
    {
        var x = Tensor.Of((1, 5), 0, 0.2f, 0.49f, 0.51f, 1);
        Assert.Equal([0, 0, 0, 1, 1], Squeezed(1).Squeeze(x).Values.ToArray());
        var thirds = Squeezed(2).Squeeze(x);
        Assert.Equal([0, 1 / 3f, 1 / 3f, 2 / 3f, 1], thirds.Values.ToArray());
        Assert.Equal(thirds.Values.ToArray(), Squeezed(2).Squeeze(thirds).Values.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => Squeezed(0));
    }

    /// <summary>The gradient passes straight through, so an attack on the squeezed model still finds moves.</summary>
    [Fact]
    public void AttacksSeeThroughIt()
    {
        var (model, at) = (new FeatureSqueezing(DefenseWorld.BarsModel, 3), _trained.Value);
        var clean = Accuracy.Of(model, at, Bars.Test);
        Assert.True(clean > 0.7);
        Assert.True(Accuracy.Of(model, at, Bars.Test, GradientAscent.Pgd(10), DefenseWorld.BarsThreat, new Rng(1)) < clean - 0.3);
    }

    /// <summary>d = max over squeezers of the L1 distance of probabilities: by hand from the models' own answers.</summary>
    [Fact]
    public void TheScoreIsTheLargestDistance()
    {
        var (model, at, inputs) = (DefenseWorld.BarsModel, _trained.Value, Batch(20).Inputs);
        FeatureSqueezing[] squeezers = [Squeezed(1), Squeezed(3)];
        var point = at.With(model.Inputs, inputs);
        var plain = model.Logits(point).Softmax().Values.ToArray();
        var others = squeezers.Select(squeezer => squeezer.Logits(point).Softmax().Values.ToArray()).ToArray();
        var expected = Enumerable.Range(0, 20).Select(b => others.Max(other => Enumerable.Range(3 * b, 3).Sum(i => MathF.Abs(other[i] - plain[i])))).ToArray();
        Assert.Equal(expected, new SqueezingDetector(model, at, squeezers).Scores(inputs), (x, y) => Math.Abs(x - y) < 1e-5);
    }

    [Fact]
    public void TheThresholdLetsFivePercentPass()
    {
        float[] clean = [.. Enumerable.Range(0, 100).Select(n => n / 100f)];
        Assert.Equal(0.94f, SqueezingDetector.Threshold(clean));
        Assert.Equal(5, clean.Count(score => score > 0.94f));
        Assert.Equal(0.99f, SqueezingDetector.Threshold(clean, 0));
        Assert.Throws<ArgumentException>(() => SqueezingDetector.Threshold([]));
    }

    /// <summary>Small moves made against the model alone shake its answer more than clean inputs do.</summary>
    [Fact]
    public void AttackedInputsScoreHigher()
    {
        var (model, at, batch) = (DefenseWorld.BarsModel, _trained.Value, Batch(200));
        var detector = new SqueezingDetector(model, at, Squeezed(4));
        var point = at.With(model.Inputs, batch.Inputs);
        var threat = new Threat(new LinfBall(0.03f), model.Inputs) { Box = (0, 1) };
        var move = GradientAscent.Pgd(10).Find(ClassifierObjectives.CrossEntropy(model)(batch, null), point, threat, new Rng(1));
        var (clean, attacked) = (detector.Scores(batch.Inputs).Average(), detector.Scores((point + move)[model.Inputs]).Average());
        Assert.True(attacked > clean, $"{clean} clean, {attacked} attacked");
    }

    private static FeatureSqueezing Squeezed(int bits) => new(DefenseWorld.BarsModel, bits);

    private static InputBatch Batch(int count)
    {
        var batch = new InputBatch();
        batch.Fill(Bars.Test, [.. Enumerable.Range(0, count)]);
        return batch;
    }
}
