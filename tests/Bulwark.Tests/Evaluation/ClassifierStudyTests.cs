using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation;

public sealed class ClassifierStudyTests
{
    /// <summary>One number x, classes by which side of ½ it is on: logits (½ − x, x − ½).</summary>
    private static readonly MlpClassifier Model = new([1, 2]);

    private static readonly Point At = Model.Start(new Rng(1)).Map(
        (variable, _) => variable.Name == "head.weight" ? Tensor.Of((1, 2), -1, 1) : Tensor.Of(2, 0.5f, -0.5f));

    private static readonly LabeledInputs Inputs = new(1, new float[] { 0.6f, 0.9f, 0.3f, 0.55f }, new[] { 1, 1, 0, 0 });    // the last is wrong

    private static readonly SuiteAttack Fgsm = SuiteAttack.CrossEntropy("fgsm", GradientAscent.Fgsm), Bim = SuiteAttack.CrossEntropy("bim", GradientAscent.Bim(5));

    /// <summary>.6 falls from .1 on, .3 from .2 on, .9 from .4 on; of a suite its parts have rows, the last one under the suite's name.</summary>
    [Fact]
    public void RowsByHand()
    {
        var study = new ClassifierStudy(Inputs, [new("one", Fgsm), new("both", Fgsm, Bim)], [0.15f, 0.25f]);
        foreach (var seed in new ulong[] { 1, 2 }) study.Add("net", Model, At, seed);
        Assert.Equal(
            [
                ("none", 0, 0.75), ("one", 0.15, 0.5), ("one", 0.25, 0.25),
                ("both to fgsm", 0.15, 0.5), ("both", 0.15, 0.5), ("both to fgsm", 0.25, 0.25), ("both", 0.25, 0.25),
            ],
            study.Rows.Select(row => (row.Attack, row.Epsilon, row.Value)));
        Assert.All(study.Rows, row => Assert.Equal(("net", "accuracy", 0, 2), (row.Model, row.Metric, row.Std, row.Seeds)));
    }

    /// <summary>
    /// A search for the shortest move runs once, whatever the radii, in a row without one: .6, .9 and .3 are .1, .4 and .2 from ½, DeepFool passes it by 2%.
    /// An attack within ε has its measures at each.
    /// </summary>
    [Fact]
    public void ShortestMovesHaveNoRadius()
    {
        var shortest = new InputAttack("deepfool", SuiteAttack.Shortest("deepfool", logits => new DeepFool(logits)))
        {
            Reach = new L2Ball(float.PositiveInfinity),
            Measures = [FoolingMeasure.Success, FoolingMeasure.L2],
        };
        var study = new ClassifierStudy(Inputs, [shortest, new("one", Fgsm) { Measures = [FoolingMeasure.Linf] }], [0.15f, 0.25f]);
        study.Add("net", Model, At, 1);
        Assert.Equal(
            [
                ("none", 0, "accuracy", 0.75), ("deepfool", 0, "accuracy", 0), ("deepfool", 0, "success", 1), ("deepfool", 0, "L2", 0.238),
                ("one", 0.15, "accuracy", 0.5), ("one", 0.15, "L∞", 0.15), ("one", 0.25, "accuracy", 0.25), ("one", 0.25, "L∞", 0.25),
            ],
            study.Rows.Select(row => (row.Attack, row.Epsilon, row.Metric, Math.Round(row.Value, 5))));
    }

    /// <summary>Half of ¾ is passed where .3 falls, at .2; an interval of .15, halved six times, comes within .0024 of it.</summary>
    [Fact]
    public void TheHalvingRadiusIsFound()
    {
        var study = new ClassifierStudy(Inputs, [new("one", Fgsm)], []);
        Assert.InRange(study.HalvingEpsilon(Model, At, "one", 0.15f, 1)!.Value, 0.1999f, 0.2025f);
        Assert.Null(study.HalvingEpsilon(Model, At, "one", 0.001f, 1));
    }

    /// <summary>What would leave the box stays at its edge.</summary>
    [Fact]
    public void PixelsStayBetweenBlackAndWhite()
    {
        var threat = ClassifierStudy.Within(Model, 0.3f);
        var point = At.With(Model.Inputs, Tensor.Of((2, 1), 0.9f, 0.2f));
        var moved = (point + threat.Project(point, new Move((Model.Inputs, Tensor.Of((2, 1), 9, -9)))))[Model.Inputs];
        Assert.Equal([1, 0], moved.Values.ToArray());
    }
}
