using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation;

public sealed class FoolingTests
{
    /// <summary>Two numbers, classes by the sign of their sum s: logits (−s, s).</summary>
    private static readonly MlpClassifier Model = new([2, 2]);

    private static readonly Point At = Model.Start(new Rng(1)).Map(
        (variable, value) => variable.Name == "head.weight" ? Tensor.Of((2, 2), -1, 1, -1, 1) : Tensor.Zeros(value.Shape));

    private static readonly LabeledInputs Inputs = new(2, new float[] { 0.3f, 0.1f, -1, -1, 0.5f, 0.1f, 2, 2 }, new[] { 1, 0, 0, 1 });   // the third is wrong

    /// <summary>
    /// FGSM within .3 takes s = .4 to −.2 and leaves −2 and 4 where they are right: 1 of 3, by a move of (−.3, −.3), and the loss is asked once. Square asks
    /// as often as it may, and first succeeds no later.
    /// </summary>
    [Fact]
    public void FiguresByHand()
    {
        var fgsm = Run(SuiteAttack.Margin("fgsm", GradientAscent.Fgsm), 0.3f);
        Assert.Equal((4, 3, 1), (fgsm.Inputs, fgsm.Right, fgsm.Queries));
        Assert.Equal((0.5, 1 / 3.0), (fgsm.Accuracy, fgsm.Success));
        var move = Assert.Single(fgsm.Moves);
        Assert.Equal(0.3 * Math.Sqrt(2), move.L2, 1e-6);
        Assert.Equal(0.3, move.Linf, 1e-6);
        Assert.Equal(2, move.L0);

        var square = Run(SuiteAttack.Margin("square", new Square(40)), 0.3f);
        Assert.Equal((40, 1), (square.Queries, square.Moves.Count));
        Assert.InRange(square.Moves[0].QueriesUntilFooled, 2, 40);                               // the first query is of the clean input
    }

    /// <summary>The nearest border of each is at |s|/√2, which DeepFool passes by 2%: .4, 2 and 4 have moves of 1.02 · |s|/√2 and of no more.</summary>
    [Fact]
    public void TheShortestMovesAreAsLongAsTheyMustBe()
    {
        var result = Run(SuiteAttack.Shortest("deepfool", logits => new DeepFool(logits)), float.PositiveInfinity);
        Assert.Equal(1, result.Success);
        Assert.Equal(0, result.Accuracy);
        Assert.Equal(1.02 * (0.4 + 2 + 4) / 3 / Math.Sqrt(2), result.Mean(move => move.L2), 1e-5);
        Assert.Equal(0, result.Queries);                                                         // it asks logits
    }

    /// <summary>A move that is too long is cut before it is measured again, and then fools nobody: a mean over nobody is not a number.</summary>
    [Fact]
    public void WhatIsCutIsMeasuredAgain()
    {
        var result = Run(SuiteAttack.Shortest("deepfool", logits => new DeepFool(logits)), 0.01f);
        Assert.Equal((0, 0.75), (result.Success, result.Accuracy));
        Assert.True(double.IsNaN(FoolingMeasure.L2.Of(result)));
    }

    private static FoolingResult Run(SuiteAttack attack, float radius) => Fooling.Run(
        Model, At, Inputs, new(attack.Name == "deepfool" ? new L2Ball(radius) : new LinfBall(radius), Model.Inputs), attack, new Rng(1));
}
