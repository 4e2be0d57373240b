namespace Bulwark.Tensors.Tests.Functions;

public sealed class StraightThroughRoundTests
{
    [Fact]
    public void HalvesGoToEven()
    {
        float[] values =
        [
            0, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f, -2.5f, 0.49999997f, 8388607.5f, 8388608, 8388609, -8388606.5f, 1e30f, float.Epsilon,
            float.PositiveInfinity, float.NegativeInfinity, float.NaN, 7.3f, -7.7f,
        ];
        Assert.Equal(values.Select(x => MathF.Round(x)), Tensor.Of(values.Length, values).StraightThroughRound().Values.ToArray());
    }
}
