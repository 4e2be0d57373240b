using Bulwark.Generative;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative;

public sealed class MovingWeightsTests
{
    /// <summary>
    /// Weights 6, 12, 18 after a start at 100, which does not count. β = ½: 6; 6 + max(½, ½)(12 − 6) = 9; 9 + max(⅓, ½)(18 − 9) = 13.5. β = 1 is the plain mean,
    /// 12; β = 0 the last.
    /// </summary>
    [Theory]
    [InlineData(0.5f, 13.5f)]
    [InlineData(1, 12)]
    [InlineData(0, 18)]
    public void TheMeanOfKnownWeights(float decay, float mean)
    {
        var (w, given) = (new Variable("w"), new Variable("given") { IsGiven = true });
        var moving = new MovingWeights(At(100), decay);
        foreach (var value in new float[] { 6, 12, 18 }) moving.Take(At(value));
        Assert.Equal(mean, moving.Mean.At[w].Item(), 1e-4f);
        Assert.Equal(1, moving.Mean.At[given].Item());

        Point At(float value) => new((w, Tensor.Scalar(value)), (given, Tensor.Scalar(1)));
    }
}
