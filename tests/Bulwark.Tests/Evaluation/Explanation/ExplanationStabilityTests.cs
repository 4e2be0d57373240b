using Bulwark.Evaluation.Explanation;

namespace Bulwark.Tests.Evaluation.Explanation;

public sealed class ExplanationStabilityTests
{
    /// <summary>Ranks 0 … 3 against 0, 2, 1, 3: ρ = 1 − 6 · 2 / (4 · 15) = .8; the two strongest are {3, 2} and {3, 1}.</summary>
    [Fact]
    public void ASwapCostsRankCorrelationAndOverlap()
    {
        var stability = ExplanationStability.Of([0.1, 0.2, 0.3, 0.9], [1, 3, 2, 4], 2);
        Assert.Equal(0.8, stability.RankCorrelation, 12);
        Assert.Equal(0.5, stability.TopOverlap);
    }

    [Fact]
    public void OrderAloneCounts()
    {
        Assert.Equal(1, ExplanationStability.Of([1, 2, 3], [-9, 0, 100], 1).RankCorrelation, 12);
        Assert.Equal(-1, ExplanationStability.Of([1, 2, 3], [3, 2, 1], 1).RankCorrelation, 12);
        Assert.True(double.IsNaN(ExplanationStability.Of([1, 2], [5, 5], 1).RankCorrelation));
    }

    /// <summary>1, 1, 2 has ranks ½, ½, 2 against 0, 1, 2: √3 / 2.</summary>
    [Fact]
    public void TiesShareTheirRank() => Assert.Equal(Math.Sqrt(3) / 2, ExplanationStability.Of([1, 1, 2], [1, 2, 3], 1).RankCorrelation, 12);

    [Fact]
    public void DifferentThingsDoNotCompare()
    {
        Assert.Throws<ArgumentException>(() => ExplanationStability.Of([1], [1, 2], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExplanationStability.Of([1], [1], 2));
    }
}
