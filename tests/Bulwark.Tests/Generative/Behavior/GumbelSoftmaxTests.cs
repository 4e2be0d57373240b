using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class GumbelSoftmaxTests
{
    private static readonly Variable _x = new("x");

    /// <summary>Weights 1, 2, 5: choices come by them.</summary>
    [Fact]
    public void ChoicesComeBySoftmax()
    {
        var scores = Tensor.Of(3, 0, MathF.Log(2), MathF.Log(5)).ExpandTo((20_000, 3));
        var x = GumbelSoftmax.Choose(scores, 0.5f, new Rng(1));
        Assert.All(x.Sum(1).Values.ToArray(), sum => Assert.Equal(1, sum, 1e-5f));
        float[] shares = [.. x.Mean(0).Values];
        Assert.Equal(1 / 8f, shares[0], 0.01f);
        Assert.Equal(2 / 8f, shares[1], 0.012f);
        Assert.Equal(5 / 8f, shares[2], 0.012f);
    }

    /// <summary>The slope is that of the softmax at the same noise: checked by its finite differences.</summary>
    [Fact]
    public void TheGradientIsTheSoftmaxs()
    {
        var (at, weights) = (new Point((_x, Tensor.Of((1, 3), 0.3f, -0.2f, 0.1f))), Tensor.Of((1, 3), 1, 2, 4));
        var gradient = Grad.Of(here => (GumbelSoftmax.Choose(here[_x], 0.7f, new Rng(4)) * weights).Sum(), at).Move[_x].Values.ToArray();
        var noise = -(-Tensor.Uniform((1, 3), 1e-7f, 1 - 1e-7f, new Rng(4)).Log()).Log();
        for (var i = 0; i < 3; i++)
        {
            float Soft(float step)
            {
                var moved = at[_x].Values.ToArray();
                moved[i] += step;
                return ((((Tensor.Of((1, 3), moved) + noise) * (1 / 0.7f)).Softmax()) * weights).Sum().Item();
            }
            Assert.Equal((Soft(1e-2f) - Soft(-1e-2f)) / 2e-2f, gradient[i], 2e-3f);
        }
    }
}
