using Bulwark.Attacks;
using Bulwark.Defenses;
using Bulwark.Tensors;
using Bulwark.Tests.Attacks;
using Bulwark.Training;

namespace Bulwark.Tests.Defenses;

public sealed class FreeTrainingTests
{
    /// <summary>Over the replays of a batch the move is that of an ascent by the present weights: 0, then one step, then another from there.</summary>
    [Fact]
    public void TheMoveIsCarriedOnOverReplays()
    {
        var (batch, first) = DefenseWorld.Small();
        var (model, plain) = (DefenseWorld.Model, ClassifierObjectives.CrossEntropy(DefenseWorld.Model)(DefenseWorld.Small().Batch, null));
        var threat = DefenseWorld.On(model, 0.4f);
        var loss = new FreeTraining(threat, 0.7f).Harden(ClassifierObjectives.CrossEntropy(model))(batch, new Rng(1));
        var (at, move) = (first, Move.Zero);
        for (var replay = 0; replay < 3; replay++)
        {
            var (expected, found) = (Grad.Of(plain, at + move), Grad.Of(loss, at));
            Assert.Equal(expected.Value.Sum().Item(), found.Value.Item());
            DefenseWorld.AssertSameGradient(expected.Move, found.Move);
            move = threat.Ascend(at, move, Grad.Of(plain, at + move, model.Inputs).Move, 0.7f);
            var here = at;
            at = at.Map((variable, value) => variable == model.Inputs ? value : value + (expected.Move.TryGet(variable, out var g) ? g * -0.05f : here[variable] * 0));
        }
    }

    [Fact]
    public void ARadiusOfZeroIsTheCleanLoss()
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var plain = Objectives.Bpr(model);
        var loss = new FreeTraining(new Threat(new L2Ball(0), model.Tables)).Harden(plain)(batch, new Rng(1));
        for (var replay = 0; replay < 2; replay++)
            DefenseWorld.AssertSameGradient(Grad.Of(plain(batch, null), at).Move, Grad.Of(loss, at).Move);
    }

    /// <summary>On tables the gradient stays row-sparse, and the second replay is the loss at one FGSM step.</summary>
    [Fact]
    public void TablesMoveByRows()
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var (plain, threat) = (Objectives.Bpr(model)(batch, null), new Threat(new L2Ball(0.3f), model.Tables));
        var loss = new FreeTraining(threat).Harden(Objectives.Bpr(model))(batch, new Rng(1));
        Assert.True(Grad.Of(loss, at).Move[model.Users].IsSparse);
        Assert.Equal(plain(at + GradientAscent.Fgsm.Find(plain, at, threat, new Rng(1))).Item(), loss(at).Item(), 1e-4f);
    }

    [Fact]
    public void ReplaysMakeItWithstandMore()
    {
        var objective = new FreeTraining(DefenseWorld.BarsThreat).Harden(ClassifierObjectives.CrossEntropy(DefenseWorld.BarsModel));
        var hardened = DefenseWorld.Measured(DefenseWorld.Trained(objective, 4, new() { Replays = 4 }));
        Assert.True(hardened.Attacked > DefenseWorld.Plain.Attacked + 0.1, $"{DefenseWorld.Plain} before, {hardened} after");
    }
}
