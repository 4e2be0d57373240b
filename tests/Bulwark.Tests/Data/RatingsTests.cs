using Bulwark.Data;

namespace Bulwark.Tests.Data;

public sealed class RatingsTests
{
    /// <summary>Item 0 has 1 and 5, item 1 has 3, item 2 nothing. μ = 3, σ = √((4 + 4 + 0) / 3); μ₀ = 3, σ₀ = 2; μ₁ = 3, σ₁ = 0.</summary>
    [Fact]
    public void MomentsByHand()
    {
        var ratings = Ratings.Of(Blocks.Of(2, 3, [(0, 0), (1, 0), (0, 1)], (user, item) => item == 1 ? 3 : user == 0 ? 1 : 5))!;
        Assert.Equal(3, ratings.Mean, 12);
        Assert.Equal(Math.Sqrt(8.0 / 3), ratings.Deviation, 12);
        Assert.Equal((3, 2, 2), (ratings.MeanOf(0), ratings.DeviationOf(0), ratings.Counts[0]));
        Assert.Equal((3, 0, 1), (ratings.MeanOf(1), ratings.DeviationOf(1), ratings.Counts[1]));
        Assert.Equal((3, 0, 0), (ratings.MeanOf(2), ratings.DeviationOf(2), ratings.Counts[2]));
    }

    [Fact]
    public void ClicksAndEqualValuesAreNoRatings()
    {
        Assert.Null(Ratings.Of(Blocks.Train));
        Assert.Null(Ratings.Of(Blocks.Of(2, 2, [(0, 0), (1, 1)], (_, _) => 4)));
    }

    /// <summary>Of an event log only the rows that are ratings count, and of several of a pair the latest.</summary>
    [Fact]
    public void OnlyRowsOfTheKindCount()
    {
        var log = new InteractionsBuilder(hasValues: true, hasTimes: true, hasKinds: true);
        log.Add("a", "x", 1, 1, EventKind.View);
        log.Add("a", "x", 2, 2, EventKind.Rate);
        log.Add("a", "x", 4, 3, EventKind.Rate);
        log.Add("b", "x", 5, 4, EventKind.Rate);
        Assert.Equal([4, 5], Ratings.Of(log.Build())!.Rows.Value.ToArray());
    }
}
