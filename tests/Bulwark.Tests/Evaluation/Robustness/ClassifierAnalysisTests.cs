using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Robustness;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation.Robustness;

/// <summary>A linear model on the line: class 1 where x is above 0, with p₁ = σ(2x).</summary>
public sealed class ClassifierAnalysisTests
{
    private static readonly MlpClassifier Model = new([1, 2]);
    private static readonly Point At = Model.Start(new Rng(1)).Map((_, value) => value.Shape.Rank == 2 ? Tensor.Of((1, 2), -1, 1) : Tensor.Zeros(value.Shape));
    private static readonly SuiteAttack Fgsm = SuiteAttack.CrossEntropy("fgsm", GradientAscent.Fgsm);

    /// <summary>
    /// Of .1 and .5 (class 1) and −.1 (class 0), ε .2 fools the first and the last; .3 of class 0 is wrong as it is and stays. The right class's probability falls
    /// from σ(.2) to σ(−.2) twice and from σ(1) to σ(.6) once, over four inputs.
    /// </summary>
    [Fact]
    public void ItIsWorkedOutByHand()
    {
        var inputs = new LabeledInputs(1, new[] { 0.1f, 0.5f, -0.1f, 0.3f }, new[] { 1, 1, 0, 0 });
        var analysis = ClassifierAnalysis.Of(Model, At, inputs, new(new LinfBall(0.2f), Model.Inputs), Fgsm, new Rng(1));
        Assert.Equal(2.0 / 3, analysis.Success, 1e-9);
        Assert.Equal((2 * (Sigma(0.2) - Sigma(-0.2)) + Sigma(1) - Sigma(0.6)) / 4, analysis.PredictionShift, 1e-5);
        Assert.Equal((0.5 + 1) / 2, analysis.Clean.Recall, 1e-9);
        Assert.Equal((0 + 0.5) / 2, analysis.Attacked.Recall, 1e-9);
    }

    [Fact]
    public void WithoutAnEpsilonNothingChanges()
    {
        var inputs = new LabeledInputs(1, new[] { 0.1f, 0.5f, -0.1f, 0.3f }, new[] { 1, 1, 0, 0 });
        var analysis = ClassifierAnalysis.Of(Model, At, inputs, new(new LinfBall(0), Model.Inputs), Fgsm, new Rng(1));
        Assert.Equal((0, 0), (analysis.Success, analysis.PredictionShift));
        Assert.Equal(analysis.Clean.Means, analysis.Attacked.Means);
    }

    private static double Sigma(double x) => 1 / (1 + Math.Exp(-x));
}
