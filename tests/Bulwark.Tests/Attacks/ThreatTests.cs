using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

public sealed class ThreatTests
{
    private static readonly Variable A = new("a"), B = new("b");

    [Fact]
    public void EachVariableHasItsBall()
    {
        var threat = new Threat([(A, new L2Ball(1)), (B, new LinfBall(2))]);
        Assert.Equal([A, B], threat.Variables);
        Assert.Equal(new LinfBall(2), threat[B]);
        Assert.Contains("'stranger'", Assert.Throws<KeyNotFoundException>(() => threat[new Variable("stranger")]).Message);
        Assert.Equal(new Threat(new L2Ball(1), A, B).Targets, [(A, new L2Ball(1)), (B, new L2Ball(1))]);
    }

    [Fact]
    public void IsEmptyWhereNothingCanMove()
    {
        Assert.True(new Threat(new L2Ball(0), A, B).IsEmpty);
        Assert.True(new Threat([]).IsEmpty);
        Assert.False(new Threat([(A, new L2Ball(0)), (B, new L2Ball(0.1f))]).IsEmpty);
    }

    /// <summary>Rows (3, 4) and (0, 0) have the mean norm 2.5; the row (6, 8) has 10: radii of .1 become .25 and 1.</summary>
    [Fact]
    public void RelativeRadiiAreSharesOfTheMeanRowNorm()
    {
        var at = new Point((A, Tensor.Of((2, 2), 3, 4, 0, 0)), (B, Tensor.Of((1, 2), 6, 8)));
        var threat = new Threat(new L2Ball(0.1f), A, B) { Box = (-9, 9) }.RelativeTo(at);
        Assert.Equal(0.25f, threat[A].Epsilon, 1e-6f);
        Assert.Equal(1, threat[B].Epsilon, 1e-6f);
        Assert.Equal((-9f, 9f), (threat.Box!.Low.Item(), threat.Box.High.Item()));
    }

    /// <summary>From .9, a move of (2, −2) is cut to (.5, −.5) by the ball and to (.1, −.5) by the box [0, 1].</summary>
    [Fact]
    public void ProjectionIsIntoTheBallThenTheBox()
    {
        var at = new Point((A, Tensor.Of((1, 2), 0.9f, 0.9f)));
        var threat = new Threat(new LinfBall(0.5f), A) { Box = (0, 1) };
        var once = threat.Project(at, new Move((A, Tensor.Of((1, 2), 2, -2))));
        Assert.Equal([0.1f, -0.5f], once[A].Values.ToArray().Select(x => MathF.Round(x, 6)));
        Assert.Equal(once[A].Values.ToArray(), threat.Project(at, once)[A].Values.ToArray());
    }

    [Fact]
    public void TheBoxLeavesRowsThatDoNotMove()
    {
        var at = new Point((A, Tensor.Uniform((6, 2), 0, 1, new Rng(1))));
        var threat = new Threat(new L2Ball(5), A) { Box = (0, 1) };
        var move = threat.Project(at, new Move((A, Tensor.Full((1, 2), 3).ScatterRows(new Ids(4), (6, 2)))));
        var moved = (at + move)[A].Values.ToArray();
        Assert.Equal([1, 1], moved[8..10]);
        Assert.Equal(at[A].Values[..8].ToArray(), moved[..8]);
    }

    [Fact]
    public void StepsAreSharesOfEachRadius()
    {
        var gradient = new Move((A, Tensor.Of((1, 2), 3, 4)), (B, Tensor.Of((1, 2), -1, 0)));
        var step = new Threat([(A, new L2Ball(1)), (B, new LinfBall(2))]).Steepest(gradient, 0.5f);
        Assert.Equal([0.3f, 0.4f], step[A].Values.ToArray().Select(x => MathF.Round(x, 6)));
        Assert.Equal([-1, 0], step[B].Values.ToArray());
    }

    [Fact]
    public void SamplesOfTwoVariablesDiffer()
    {
        var like = new Move((A, Tensor.Zeros((3, 2))), (B, Tensor.Zeros((3, 2))));
        var at = new Point((A, Tensor.Zeros((3, 2))), (B, Tensor.Zeros((3, 2))));
        var sample = new Threat(new L2Ball(1), A, B).Sample(at, like, new Rng(1));
        Assert.NotEqual(sample[A].Values.ToArray(), sample[B].Values.ToArray());
    }

    /// <summary>From (1, .2): bounds of each element's own, [0, 1] and [.1, .4].</summary>
    [Fact]
    public void ABoxMayHaveBoundsForEachElement()
    {
        var at = new Point((A, Tensor.Of((1, 2), 1, 0.2f)));
        var threat = new Threat(new LinfBall(9), A) { Box = new(Tensor.Of((1, 2), 0, 0.1f), Tensor.Of((1, 2), 1, 0.4f)) };
        Assert.Equal([1, 0.4f], (at + threat.Project(at, new((A, Tensor.Of((1, 2), 5, 5)))))[A].Values.ToArray());
        Assert.Equal([0, 0.1f], (at + threat.Project(at, new((A, Tensor.Of((1, 2), -5, -5)))))[A].Values.ToArray());
    }

    /// <summary>Searches move freely within ball and box and off the immutable; whole numbers and the budget are the projection's.</summary>
    [Fact]
    public void WholeNumbersAndBudgetsWaitForTheProjection()
    {
        var at = new Point((A, Tensor.Of((1, 4), 1, 1, 1, 1)));
        var threat = new Threat(new LinfBall(2), A)
        {
            Immutable = Tensor.Of((1, 4), 1, 0, 0, 0), Integral = Tensor.Of((1, 4), 0, 1, 1, 0), Budget = 2,
        };
        var move = new Move((A, Tensor.Of((1, 4), 1, 1.7f, 0.9f, 0.5f)));
        Assert.Equal([0, 1.7f, 0.9f, 0.5f], threat.Confine(at, move)[A].Values.ToArray());
        Assert.Equal([0, 1, 0, 0.5f], threat.Project(at, move)[A].Values.ToArray());
        Assert.True((threat with { Budget = 0 }).IsEmpty);
        var found = GradientAscent.Pgd(5).Find(point => point[A].Sum(), at, threat, new Rng(1));
        Assert.Equal(0, found[A].Values[0]);
        threat.Check(at, threat.Project(at, found));
    }

    [Fact]
    public void OtherTargetsAreOtherVariables()
    {
        var threat = new Threat(new L2Ball(1), A) with { Targets = [(B, new LinfBall(2))] };
        Assert.Equal([B], threat.Variables);
    }
}
