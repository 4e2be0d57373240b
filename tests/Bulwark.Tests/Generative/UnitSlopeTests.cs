using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tests.Defenses;

namespace Bulwark.Tests.Generative;

public sealed class UnitSlopeTests
{
    private static readonly Variable W = new("w"), V = new("v");

    /// <summary>D = w · x has the slope w everywhere: (‖w‖ − 1)², with the gradient 2 (‖w‖ − 1) w / ‖w‖. For w = (3, 4): 16 and (4.8, 6.4).</summary>
    [Fact]
    public void OfALinearCriticItIsThatOfItsWeights()
    {
        var at = new Point((W, Tensor.Of((2, 1), 3, 4)));
        var (value, gradient) = Grad.Of(point => UnitSlope.Penalty(Linear, point, Tensor.Zeros((5, 2)), Tensor.Full((5, 2), 1), new Rng(1)), at);
        Assert.Equal(16, value.Item(), 1e-4f);
        Assert.Equal(4.8f, gradient[W].Values[0], 1e-4f);
        Assert.Equal(6.4f, gradient[W].Values[1], 1e-4f);
    }

    /// <summary>The norm is over all of an example's values, not over each row of an image: a slope of 1 in each of 2 × 3 places is √6.</summary>
    [Fact]
    public void TheNormIsOverAllOfAnExample()
    {
        var penalty = UnitSlope.Penalty((_, x) => x.Reshape((4, 6)).Sum(1), new Point(), Tensor.Zeros((4, 2, 3)), Tensor.Zeros((4, 2, 3)), new Rng(1));
        Assert.Equal(Math.Pow(Math.Sqrt(6) - 1, 2), penalty.Item(), 1e-5);
    }

    /// <summary>A critic that ignores its input has the slope 0: (0 − 1)² = 1.</summary>
    [Fact]
    public void OfAConstantCriticItIsOne() =>
        Assert.Equal(1, UnitSlope.Penalty((_, x) => Tensor.Zeros(x.Shape[0]), new Point(), Tensor.Zeros((3, 2)), Tensor.Zeros((3, 2)), new Rng(1)).Item());

    /// <summary>D = ½ ‖x‖² has the slope ‖x̂‖. With x = (1, 1, 1) and G = 0, x̂ = α (1, 1, 1): one α for each pair, so that all three numbers are alike, and another
    /// for the next pair.</summary>
    [Fact]
    public void EachPairHasOneShare()
    {
        var seen = new List<float[]>();
        Tensor Half(Point at, Tensor x)
        {
            seen.Add(x.Values.ToArray());
            return (x * x).Sum(1) * 0.5f;
        }
        var penalty = UnitSlope.Penalty(Half, new Point(), Tensor.Full((2, 3), 1), Tensor.Zeros((2, 3)), new Rng(3)).Item();
        var x = Assert.Single(seen);
        Assert.True(x[0] is > 0 and < 1 && x[0] == x[1] && x[1] == x[2] && x[3] == x[4] && x[4] == x[5] && x[0] != x[3]);
        Assert.Equal((Math.Pow(Math.Sqrt(3) * x[0] - 1, 2) + Math.Pow(Math.Sqrt(3) * x[3] - 1, 2)) / 2, penalty, 1e-5);
    }

    /// <summary>The value by first differences of the scores, the gradient by differences of the value: second derivatives.</summary>
    [Fact]
    public void ValueAndGradientAreThoseOfFiniteDifferences()
    {
        var at = new Point((W, Tensor.Gaussian((3, 4), 0.7f, new Rng(1))), (V, Tensor.Gaussian((4, 1), 0.7f, new Rng(2))));
        var x = Tensor.Gaussian((5, 3), 1, new Rng(3));
        Loss penalty = point => UnitSlope.Penalty(Smooth, point, x);
        var expected = 0.0;
        for (var row = 0; row < 5; row++)
        {
            var square = 0.0;
            for (var column = 0; column < 3; column++) square += Math.Pow((Moved(row, column, 1e-2f) - Moved(row, column, -1e-2f)) / 2e-2, 2);
            expected += Math.Pow(Math.Sqrt(square) - 1, 2) / 5;
        }
        var (value, gradient) = Grad.Of(penalty, at);
        Assert.Equal(expected, value.Item(), 1e-3);
        DefenseWorld.AssertSlopes(penalty, at, gradient, 2e-3);

        double Moved(int row, int column, float by)
        {
            var values = x.Values.ToArray();
            values[row * 3 + column] += by;
            return Smooth(at, Tensor.Of((5, 3), values)).Values[row];
        }
    }

    private static Tensor Linear(Point at, Tensor x) => x.MatMul(at[W]).Reshape(x.Shape[0]);

    private static Tensor Smooth(Point at, Tensor x) => x.MatMul(at[W]).Tanh().MatMul(at[V]).Reshape(x.Shape[0]);
}
