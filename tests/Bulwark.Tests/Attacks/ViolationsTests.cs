using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

public sealed class ViolationsTests
{
    private static readonly Variable A = new("a"), B = new("b");
    private static readonly Point At = new((A, Tensor.Of((2, 3), 1, 2, 3, 4, 5, 6)), (B, Tensor.Zeros((1, 1))));

    private static readonly Threat Schema = new(new LinfBall(2), A)
    {
        Box = new(Tensor.Of((1, 3), 0, 0, 0), Tensor.Of((1, 3), 9, 9, 6.5f)),
        Immutable = Tensor.Of((1, 3), 0, 1, 0),
        Integral = Tensor.Of((1, 3), 1, 0, 0),
        Budget = 1,
    };

    public static TheoryData<string, float[]> Moves => new()
    {
        { "", [1, 0, 0, 0, 0, 0.5f] }, { "", [0, 0, 0, -2, 0, 0] },
        { "farther than ε = 2", [0, 0, 0, 3, 0, 0] },
        { "outside [0, 6.5]", [0, 0, 0, 0, 0, 1] },
        { "outside [0, 9]", [-2, 0, 0, 0, 0, 0] },
        { "immutable", [0, 1, 0, 0, 0, 0] },
        { "whole numbers only", [0.5f, 0, 0, 0, 0, 0] },
        { "more than 1 elements of row 0", [1, 0, 1, 0, 0, 0] },
    };

    [Theory, MemberData(nameof(Moves))]
    public void EachConstraintIsAnErrorOfOneSentence(string expected, float[] delta)
    {
        var move = new Move((A, Tensor.Of((2, 3), delta)));
        if (expected == "") Schema.Check(At, move);
        else
        {
            Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Schema.Check(At, move)).Message);
            Schema.Check(At, Schema.Project(At, move));
        }
    }

    [Fact]
    public void WhatTheThreatDoesNotNameMustNotMove() =>
        Assert.Contains("'b'", Assert.Throws<ArgumentException>(() => Schema.Check(At, new((B, Tensor.Zeros((1, 1)))))).Message);

    /// <summary>Radii are of rows, or of the whole: rows of (1, 1) have √2 each and 2 together.</summary>
    [Fact]
    public void RadiiAreOfRowsOrOfTheWhole()
    {
        var (at, move) = (new Point((A, Tensor.Zeros((2, 2)))), new Move((A, Tensor.Full((2, 2), 1))));
        new Threat(new L2Ball(1.5f), A).Check(at, move);
        Assert.Throws<ArgumentException>(() => new Threat(new L2Ball(1.5f, Per.Tensor), A).Check(at, move));
        new Threat(new L1Ball(2), A).Check(at, move);
        Assert.Throws<ArgumentException>(() => new Threat(new L1Ball(2, Per.Tensor), A).Check(at, move));
    }

    [Theory]
    [InlineData("", -1, 1, 0)]
    [InlineData("", 0, 0, 0)]
    [InlineData("no single category in the columns 0 to 2", 0, 1, 0)]
    [InlineData("no single category in the columns 0 to 2", -1, 0, 0)]
    [InlineData("no single category in the columns 0 to 2", -0.5f, 0.5f, 0)]
    public void ACategoryStaysOne(string expected, float a, float b, float c)
    {
        var at = new Point((A, Tensor.Of((1, 3), 1, 0, 0)));
        var (threat, move) = (new Threat(new LinfBall(1), A) { OneHot = [(0, 3)] }, new Move((A, Tensor.Of((1, 3), a, b, c))));
        if (expected == "") threat.Check(at, move);
        else
        {
            Assert.Contains(expected, Assert.Throws<ArgumentException>(() => threat.Check(at, move)).Message);
            threat.Check(at, threat.Project(at, move));
        }
    }
}
