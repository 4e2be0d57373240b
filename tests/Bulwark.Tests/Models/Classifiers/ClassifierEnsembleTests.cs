using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Classifiers;

public sealed class ClassifierEnsembleTests
{
    /// <summary>A classifier whose logits are its two inputs, times a factor.</summary>
    private sealed class Scaled(float factor) : IClassifier
    {
        public Variable Inputs { get; } = new("inputs");

        public Point Start(Rng rng) => new();

        public Tensor Logits(Point at, Rng? rng = null) => at[Inputs] * factor;
    }

    /// <summary>Odds of 3 : 1 from one and, turned around, 1 : 9 from two: ln (¾ + 1/10) / 2 and ln (¼ + 9/10) / 2.</summary>
    [Fact]
    public void ProbabilitiesAreAveraged()
    {
        var ensemble = new ClassifierEnsemble((new Scaled(1), new Point()), (new Scaled(-2), new Point()));
        var logits = ensemble.Logits(new Point().With(ensemble.Inputs, Tensor.Of((1, 2), MathF.Log(3), 0)));
        Assert.Equal(MathF.Log((0.75f + 0.1f) / 2), logits.Values[0], 5);
        Assert.Equal(MathF.Log((0.25f + 0.9f) / 2), logits.Values[1], 5);
    }

    /// <summary>∂/∂x of the mean probability of class 0: (¾ · ¼ · 1 + 1/10 · 9/10 · −2) / 2 over (¾ + 1/10) / 2.</summary>
    [Fact]
    public void GradientsGoThroughEveryMember()
    {
        var ensemble = new ClassifierEnsemble((new Scaled(1), new Point()), (new Scaled(-2), new Point()));
        var at = new Point().With(ensemble.Inputs, Tensor.Of((1, 2), MathF.Log(3), 0));
        var slope = Grad.Of(point => ensemble.Logits(point).Slice(1, 0, 1).Sum(), at, ensemble.Inputs).Move[ensemble.Inputs];
        Assert.Equal((0.75f * 0.25f - 2 * 0.1f * 0.9f) / (0.75f + 0.1f), slope.Values[0], 5);
    }

    [Fact]
    public void OneMemberAnswersAsItDoesAlone()
    {
        var model = new MlpClassifier([Bars.Size * Bars.Size, 8, Bars.Classes]);
        var at = model.Start(new Rng(1));
        var ensemble = new ClassifierEnsemble((model, at));
        var inputs = Tensor.Uniform((5, Bars.Size * Bars.Size), 0, 1, new Rng(2));
        var (alone, together) = (model.Logits(at.With(model.Inputs, inputs)).LogSoftmax(), ensemble.Logits(new Point().With(ensemble.Inputs, inputs)));
        for (var i = 0; i < alone.Shape.Count; i++) Assert.Equal(alone.Values[i], together.Values[i], 5);
    }

    [Fact]
    public void NoMembersAreRefused() => Assert.Throws<ArgumentException>(() => new ClassifierEnsemble());
}
