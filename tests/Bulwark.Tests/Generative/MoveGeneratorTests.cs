using Bulwark.Attacks;
using Bulwark.Generative;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative;

public sealed class MoveGeneratorTests
{
    private static readonly Variable X = new("x");
    private static readonly MoveGenerator Generator = new(3, [8]);
    private static readonly Point Weights = Generator.Start(new Rng(1)).Map((_, value) => value * 4);        // large enough to reach every bound
    private static readonly Point Clean = new((X, Tensor.Uniform((50, 3), 0, 1, new Rng(2)).Keep()));

    public static TheoryData<Ball> Balls => [new LinfBall(0.3f), new L2Ball(0.3f)];

    /// <summary>What it says needs no projection: ball, box and immutables hold as they are.</summary>
    [Theory]
    [MemberData(nameof(Balls))]
    public void MovesStayInTheThreat(Ball ball)
    {
        var threat = new Threat(ball, X) { Box = (0, 1), Immutable = Tensor.Of((1, 3), 0, 1, 0) };
        var move = Generator.Of(Weights, Clean, threat);
        threat.Check(Clean, move);
        Assert.True(move.Norm > 0.1 * ball.Epsilon);
        Assert.All(move[X].Slice(1, 1, 1).Values.ToArray(), value => Assert.Equal(0, value));
    }

    /// <summary>Without a hidden layer r = x W + b: at x = (1, 0), W = 2 I and b = (0, 1), r = (2, 1): ε tanh r, and ε r / √(1 + 5).</summary>
    [Fact]
    public void WorkedByHand()
    {
        var generator = new MoveGenerator(2, []);
        var at = generator.Start(new Rng(1)).Map((variable, value) => value.Shape.Rank == 2 ? Tensor.Of((2, 2), 2, 0, 0, 2) : Tensor.Of(2, 0, 1));
        var clean = new Point((X, Tensor.Of((1, 2), 1, 0)));
        Assert.Equal([0.5f * MathF.Tanh(2), 0.5f * MathF.Tanh(1)], Of(new LinfBall(0.5f)), Near);
        Assert.Equal([0.5f * 2 / MathF.Sqrt(6), 0.5f / MathF.Sqrt(6)], Of(new L2Ball(0.5f)), Near);

        float[] Of(Ball ball) => generator.Of(at, clean, new Threat(ball, X))[X].Values.ToArray();
    }

    /// <summary>A step down the gradient of −Σ δ² makes the moves longer: the gradient passes the ball and the box.</summary>
    [Theory]
    [MemberData(nameof(Balls))]
    public void GradientsPass(Ball ball)
    {
        var threat = new Threat(ball, X) { Box = (0, 1) };
        var small = Generator.Start(new Rng(1));
        Tensor Loss(Point at) => -(Generator.Of(at, Clean, threat)[X] is var delta ? delta * delta : throw new InvalidOperationException()).Sum();
        var gradient = Grad.Of(Loss, small).Move;
        Assert.All(small.Variables.ToArray(), variable => Assert.True(gradient.TryGet(variable, out _)));
        Assert.True(Loss(small + gradient * (-0.1f / (float)gradient.Norm)).Item() < Loss(small).Item());
    }

    [Fact]
    public void OtherThreatsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Generator.Of(Weights, Clean, new Threat(new LinfBall(1), X, new Variable("y"))));
        Assert.Throws<ArgumentException>(() => Generator.Of(Weights, Clean, new Threat(new L1Ball(1), X)));
        Assert.Throws<ArgumentException>(() => Generator.Of(Weights, Clean, new Threat(new L2Ball(1, Per.Tensor), X)));
    }

    private static bool Near(float x, float y) => Math.Abs(x - y) < 1e-6f;
}
