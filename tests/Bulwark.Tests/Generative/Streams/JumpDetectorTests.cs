using Bulwark.Generative.Streams;

namespace Bulwark.Tests.Generative.Streams;

public sealed class JumpDetectorTests
{
    /// <summary>The mean of 1, 2 and 3 is 2: at a factor 1.5 what is above 3 is a jump; after it, three windows must come again.</summary>
    [Fact]
    public void AboveTheFactorIsAJump()
    {
        Assert.Equal([false, false, false, false], Of(1, 2, 3, 2.9f));
        Assert.Equal([false, false, false, true, false, false, true], Of(1, 2, 3, 3.1f, 9, 9, 10.6f));
    }

    /// <summary>The mean is of the last five: 9 has gone when the seventh comes, (5 · 2) / 5 · 1.5 = 3.</summary>
    [Fact]
    public void OldWindowsAreForgotten() => Assert.Equal([false, false, false, false, false, false, true], Of(9, 2, 2, 2, 2, 2, 3.1f));

    private static bool[] Of(params float[] losses)
    {
        var detector = new JumpDetector(1.5f);
        return [.. losses.Select(detector.Take)];
    }
}
