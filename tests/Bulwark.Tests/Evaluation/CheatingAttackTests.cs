using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Gate;
using Bulwark.Models.Classifiers;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Evaluation;

/// <summary>A search that leaves its threat is not clipped: every evaluation refuses what it found, and says what it did.</summary>
public sealed class CheatingAttackTests
{
    private static readonly MlpClassifier Model = new([2, 2]);
    private static readonly Point At = Model.Start(new Rng(1));
    private static readonly LabeledInputs Inputs = new(2, new[] { 0.2f, 0.5f, 0.7f, 0.4f, 0.9f, 0.1f }, new[] { 0, 1, 0 });
    private static readonly Threat Small = new(new LinfBall(0.1f), Model.Inputs) { Box = (0, 1) };

    /// <summary>Moves everything by a length, whatever it was given.</summary>
    private sealed record Cheat(float By) : IAttack
    {
        public Move Find(Loss loss, Point at, Threat threat, Rng rng) =>
            new([.. threat.Variables.Select(variable => (variable, Tensor.Full(at[variable].Shape, By)))]);
    }

    [Fact]
    public void NoEvaluationMeasuresIt()
    {
        var attack = SuiteAttack.CrossEntropy("cheat", new Cheat(0.2f));
        Refused("cheat", () => Suite.Run(Model, At, Inputs, Small, [attack], new Rng(1)));
        Refused("cheat", () => Fooling.Run(Model, At, Inputs, Small, attack, new Rng(1)));
        Refused("Cheat", () => Accuracy.Of(Model, At, Inputs, new Cheat(0.2f), Small, new Rng(1)));
        Refused("Cheat", () => RobustnessGate.Run(GateVictim.Of(Model, At, Inputs, _ => Small), new(_ => new Cheat(0.2f), 5, 0.1f, 1)));
        var factors = new MatrixFactorization(Blocks.Users, Blocks.Items, new(4));
        Contender contender = new("bpr", factors, factors.Start(new Rng(1)), Hardening.AttackedLoss(Blocks.Train, Objectives.Bpr(factors), new Rng(1)));
        Refused("cheat", () => Study.Moved(contender, new("cheat", new Cheat(0.2f), [0.1f], StudyAttack.Tables), 0.1f, 1));

        static void Refused(string name, Action measure)
        {
            var complaint = Assert.Throws<InvalidOperationException>(measure).Message;
            Assert.StartsWith(name, complaint);
            Assert.Contains("farther than ε = 0.1", complaint);
        }
    }

    /// <summary>Ball, box and immutables are the search's own duty.</summary>
    [Fact]
    public void EachRuleOfASearchIsChecked()
    {
        var at = new Point((Model.Inputs, Tensor.Of((1, 2), 0.95f, 0.5f)));
        Says(Small, 0.06f, "outside [0, 1]");
        Says(Small with { Box = null, Immutable = Tensor.Of(2, 0, 1) }, 0.06f, "immutable");
        Says(Small with { Box = null }, float.NaN, "farther");
        Says(new(new LinfBall(1), new Variable("other")), 0.06f, "leaves it where it is");

        void Says(Threat threat, float by, string what) =>
            Assert.Contains(what, Assert.Throws<InvalidOperationException>(
                () => threat.Admit(at, new Move((Model.Inputs, Tensor.Full((1, 2), by))), "cheat")).Message);
    }

    /// <summary>
    /// Whole numbers and budgets are left to the caller: .4 and .7 more are nothing in whole numbers, 1.2 and 1.4 are 1 each, and a budget of 1 pays for one.
    /// </summary>
    [Fact]
    public void RoundingIsTheCallersAndHolds()
    {
        var at = new Point((Model.Inputs, Tensor.Of((1, 2), 1, 1)));
        var threat = new Threat(new LinfBall(2), Model.Inputs) { Integral = Tensor.Full(2, 1), Budget = 1 };
        Move Moved(float a, float b) => threat.Admit(at, new Move((Model.Inputs, Tensor.Of((1, 2), a, b))), "search");
        Assert.Equal([1, 1], (at + Moved(0.4f, 0.7f))[Model.Inputs].Values.ToArray());
        Assert.Equal(3, (at + Moved(1.2f, 1.4f))[Model.Inputs].Values.ToArray().Sum());
    }
}
