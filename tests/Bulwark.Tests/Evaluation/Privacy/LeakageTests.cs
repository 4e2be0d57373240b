using Bulwark.Evaluation.Privacy;

namespace Bulwark.Tests.Evaluation.Privacy;

public sealed class LeakageTests
{
    /// <summary>Of 2 × 200 pairs of a member and another, 200 + 100 are in order; before the first false positive in 100, one of two members is found.</summary>
    [Fact]
    public void WorkedByHand()
    {
        float[] scores = [.. Enumerable.Range(0, 200).Select(n => (float)n), 300, 99.5f];
        bool[] members = [.. Enumerable.Repeat(false, 200), true, true];
        var leakage = Leakage.Of(scores, members);
        Assert.Equal(0.75, leakage.Auc, 12);
        Assert.Equal(0.5, leakage.FewFalse, 12);
        Assert.Equal(new Leakage(0.5, 0), Leakage.Of(new float[202], members));
        Assert.Equal(new Leakage(0.75, 0.3), Leakage.Mean([new(0.5, 0.1), new(1, 0.5)]));
    }

    /// <summary>Two of 200 are one in 100, and allowed; three are not.</summary>
    [Fact]
    public void OneInAHundredMayBeFalse()
    {
        bool[] members = [.. Enumerable.Repeat(false, 200), true];
        Assert.Equal(1, Leakage.Of([.. Enumerable.Range(0, 200).Select(n => (float)n), 197.5f], members).FewFalse);
        Assert.Equal(0, Leakage.Of([.. Enumerable.Range(0, 200).Select(n => (float)n), 196.5f], members).FewFalse);
    }
}
