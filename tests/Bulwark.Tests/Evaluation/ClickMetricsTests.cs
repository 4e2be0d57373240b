using Bulwark.Evaluation;

namespace Bulwark.Tests.Evaluation;

public sealed class ClickMetricsTests
{
    /// <summary>Log odds 0 and ln 3 are P = ½ and ¾; the second was not clicked: (ln 2 + ln 4) / 2. Far scores stay finite.</summary>
    [Fact]
    public void LogLossWorkedByHand()
    {
        Assert.Equal(1.5 * Math.Log(2), ClickMetrics.LogLoss([0, MathF.Log(3)], [true, false]), 1e-6);
        Assert.Equal(500, ClickMetrics.LogLoss([1000, 1000], [true, false]), 1e-6);
    }

    /// <summary>
    /// P = ¼, ¼, ¾, ¾. In two bins, ¼ against one click of two and ¾ against two of two: ¼. In one bin ½ against ¾: ¼. One by one, ¾, ¼, ¼ and ¼ off.
    /// </summary>
    [Fact]
    public void CalibrationErrorWorkedByHand()
    {
        float[] scores = [MathF.Log(3), -MathF.Log(3), MathF.Log(3), -MathF.Log(3)];
        bool[] clicked = [true, true, true, false];
        Assert.Equal(0.25, ClickMetrics.CalibrationError(scores, clicked, 2), 1e-6);
        Assert.Equal(0.25, ClickMetrics.CalibrationError(scores, clicked, 1), 1e-6);
        Assert.Equal((0.25 + 0.75 + 0.25 + 0.25) / 4, ClickMetrics.CalibrationError(scores, clicked, 4), 1e-6);
        Assert.Equal(0, ClickMetrics.CalibrationError([0, 0], [true, false], 1), 1e-6);
    }

    [Fact]
    public void OneScoreForEachLabel() =>
        Assert.Contains("one for each", Assert.Throws<ArgumentException>(() => ClickMetrics.LogLoss([1], [true, false])).Message);
}
