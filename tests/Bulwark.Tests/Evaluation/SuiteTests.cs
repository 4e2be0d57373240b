using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tests.Models.Classifiers;

namespace Bulwark.Tests.Evaluation;

public sealed class SuiteTests
{
    /// <summary>One number x, classes by its sign: logits (−x, x).</summary>
    private static readonly MlpClassifier Model = new([1, 2]);

    private static readonly Point At = Model.Start(new Rng(1)).Map((variable, value) => variable.Name == "head.weight" ? Tensor.Of((1, 2), -1, 1) : Tensor.Zeros(value.Shape));

    private static readonly LabeledInputs Inputs = new(1, new float[] { 0.1f, 0.3f, -0.3f, -2, 0.2f }, new[] { 1, 1, 0, 0, 0 });   // the last is wrong

    /// <summary>Within .25 falls .1; within .5 fall ±.3 too; −2 withstands. The one that is wrong stays wrong, though its attack could correct it.</summary>
    [Fact]
    public void WorstCasesWorkedByHand()
    {
        var small = Suite.Run(Model, At, Inputs, Within(0.25f), SuiteAttack.Standard(10, 50), new Rng(1));
        Assert.Equal(0.8, small.Clean);
        Assert.Equal([1, 2, 3], small.Survivors);
        Assert.Equal(0.6, small.Robust);
        Assert.Equal(["apgd-ce", "apgd-t", "fab", "square"], small.After.Select(after => after.Attack));
        Assert.Equal([3], Suite.Run(Model, At, Inputs, Within(0.5f), SuiteAttack.Standard(10, 50), new Rng(1)).Survivors);
        Assert.Equal(0.8, Suite.Run(Model, At, Inputs, Within(0.5f), [], new Rng(1)).Robust);
    }

    /// <summary>
    /// FAB alone finds what the suite finds: it needs no loss, and a move that is too long for the threat is cut, so that what lies beyond withstands it. With it
    /// before Square no input fares better than without, whatever Square draws.
    /// </summary>
    [Fact]
    public void TheShortestMoveIsFoundAndCut()
    {
        SuiteAttack fab = SuiteAttack.Shortest("fab", logits => new Fab(logits, Steps: 10)), square = SuiteAttack.Margin("square", new Square(50));
        Assert.Equal([1, 2, 3], Suite.Run(Model, At, Inputs, Within(0.25f), [fab], new Rng(1)).Survivors);
        Assert.Equal([3], Suite.Run(Model, At, Inputs, Within(0.5f), [fab], new Rng(1)).Survivors);

        var bars = new MlpClassifier([64, 16, 3]);
        var (at, threat) = (Bars.Trained(bars, epochs: 5), new Threat(new LinfBall(0.05f), bars.Inputs) { Box = (0, 1) });
        var weak = SuiteAttack.CrossEntropy("fgsm", GradientAscent.Fgsm);
        var without = Suite.Run(bars, at, Bars.Test, threat, [weak, square], new Rng(1));
        var with = Suite.Run(bars, at, Bars.Test, threat, [weak, fab, square], new Rng(1));
        Assert.True(with.After[1].Accuracy < with.After[0].Accuracy, "FAB finds nothing that one step misses.");
        Assert.Subset(without.Survivors.ToHashSet(), with.Survivors.ToHashSet());
    }

    /// <summary>Each attack sees only what withstood the ones before it.</summary>
    [Fact]
    public void SurvivorsAloneAreAttacked()
    {
        var seen = new List<int>();
        var result = Suite.Run(Model, At, Inputs, Within(0.25f), [Of("push", -9), Of("pull", 9), Of("again", 9)], new Rng(1));
        Assert.Equal([4, 3, 3], seen);                                                           // .1 falls to −.15; −.3 + .25 stays below 0
        Assert.Equal([0.6, 0.6, 0.6], result.After.Select(after => after.Accuracy));

        SuiteAttack Of(string name, float way) => SuiteAttack.Margin(name, new Pushing(way, seen));
    }

    private static Threat Within(float epsilon) => new(new LinfBall(epsilon), Model.Inputs);

    private sealed record Pushing(float Way, List<int> Seen) : IAttack
    {
        public Move Find(Loss loss, Point at, Threat threat, Rng rng)
        {
            Seen.Add(at[Model.Inputs].Shape[0]);
            return threat.Confine(at, new((Model.Inputs, Tensor.Full(at[Model.Inputs].Shape, Way))));
        }
    }
}
