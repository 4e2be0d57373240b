using Bulwark.Attacks;
using Bulwark.Defenses;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tests.Attacks;
using Bulwark.Training;

namespace Bulwark.Tests.Defenses;

public sealed class MultiStageTests
{
    /// <summary>Seven epochs over three radii: 2, 2 and 3.</summary>
    [Fact]
    public void TheHardenedEpochsAreSplitOverTheRadii()
    {
        var model = new MatrixFactorization(2, 2, new(2));
        var asked = new List<float>();
        var stages = MultiStage.Of(Objectives.Bpr(model), 4, 7, [0.1f, 0.2f, 0.4f], radius =>
        {
            asked.Add(radius);
            return Defense(model, radius);
        });
        Assert.Equal(["clean", "ε 0.1", "ε 0.2", "ε 0.4"], stages.Select(stage => stage.Name));
        Assert.Equal([4, 2, 2, 3], stages.Select(stage => stage.Epochs));
        Assert.Equal([0.1f, 0.2f, 0.4f], asked);
    }

    [Fact]
    public void TheLossGrowsWithTheRadius()
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var stages = MultiStage.Of(Objectives.Bpr(model), 1, 3, [0.1f, 0.3f, 0.6f], radius => Defense(model, radius));
        var losses = stages.Select(stage => stage.Objective(batch, new Rng(1))(at).Item()).ToArray();
        Assert.Equal(losses.Order(), losses);
        Assert.Equal(4, losses.Distinct().Count());
    }

    [Fact]
    public void NoRadiusIsRefused()
    {
        var model = new MatrixFactorization(2, 2, new(2));
        var problem = Assert.Throws<ArgumentException>(() => MultiStage.Of(Objectives.Bpr(model), 1, 1, [], radius => Defense(model, radius)));
        Assert.Contains("at least one radius", problem.Message);
    }

    private static AdversarialTraining Defense(MatrixFactorization model, float radius) =>
        new(GradientAscent.Fgsm, new Threat(new L2Ball(radius), model.Tables));
}
