using Bulwark.Attacks.Poisoning;
using Bulwark.Data;

namespace Bulwark.Tests.Attacks.Poisoning;

public sealed class ProfileTemplateTests
{
    private static readonly int[] Targets = [190];
    private static readonly Budget Budget = new(400, 31, Targets);
    private static readonly Ratings Ratings = Ratings.Of(ShillingWorld.Train)!;

    /// <summary>Rounding adds 1/12 to the variance; clamping pulls in what lies beyond 1 and 5, so the bounds are wide on that side.</summary>
    [Fact]
    public void RandomFillersHaveTheMomentsOfAllRatings()
    {
        var given = Fillers(ProfileTemplate.Random).Select(action => (double)action.Rating).ToArray();
        Assert.Equal(Ratings.Mean, given.Average(), 0.06);
        Assert.InRange(Deviation(given), 0.88 * Ratings.Deviation, 1.05 * Math.Sqrt(Ratings.Deviation * Ratings.Deviation + 1.0 / 12));
    }

    /// <summary>The item's own mean, item by item: 400 accounts give each about 60 fillers.</summary>
    [Fact]
    public void AverageFillersFollowTheirItems()
    {
        var given = Fillers(ProfileTemplate.Average).ToLookup(action => action.Item, action => (double)action.Rating);
        var off = Enumerable.Range(0, 100).Select(item => given[item].Average() - Ratings.MeanOf(item)).ToArray();
        Assert.Equal(0, off.Average(), 0.03);
        Assert.True(Deviation(off) < 0.2, $"means are off by {Deviation(off)}");
        var flat = Fillers(ProfileTemplate.Random).ToLookup(action => action.Item, action => (double)action.Rating);
        Assert.True(Deviation([.. Enumerable.Range(0, 100).Select(item => flat[item].Average() - Ratings.MeanOf(item))]) > 0.4);
    }

    /// <summary>Every other item is drawn equally often: 400 · 30 / 199 = 60.3 times, deviation √(400 · .151 · .849) = 7.2.</summary>
    [Fact]
    public void FillersAreDrawnAmongAllOtherItems()
    {
        var counts = new int[ShillingWorld.Items];
        foreach (var (item, _) in Fillers(ProfileTemplate.Random)) counts[item]++;
        Assert.Equal(0, counts[190]);
        Assert.All(Enumerable.Range(0, 190), item => Assert.InRange(counts[item], 60 - 5 * 8, 60 + 5 * 8));
    }

    [Fact]
    public void BandwagonPraisesWhatIsMostPopular()
    {
        int[] popular = [.. Enumerable.Range(0, ShillingWorld.Items).OrderByDescending(item => Ratings.Counts[item]).Take(4)];
        foreach (var profile in ShillingWorld.Fakes(ProfileTemplate.Bandwagon(4).Poison(ShillingWorld.Train, Budget with { Accounts = 5 }, new(1))))
            Assert.All(popular, item => Assert.Contains((item, 5f), profile));
    }

    [Fact]
    public void SegmentPraisesItsItemsAndPansTheRest()
    {
        foreach (var profile in ShillingWorld.Fakes(ProfileTemplate.Segment([3, 190, 9]).Poison(ShillingWorld.Train, Budget with { Accounts = 5 }, new(1))))
            Assert.All(profile, action => Assert.Equal(action.Item is 3 or 9 or 190 ? 5 : 1, action.Rating));   // a target is no item of the segment
    }

    [Fact]
    public void LoveHateIsTheOppositeOfItsTarget()
    {
        foreach (var profile in ShillingWorld.Fakes(ProfileTemplate.LoveHate.Poison(ShillingWorld.Train, Budget with { Accounts = 5 }, new(1))))
            Assert.All(profile, action => Assert.Equal(action.Item == 190 ? 1 : 5, action.Rating));
    }

    [Fact]
    public void DemotingIsTheSameWithTheLowestOnTheTarget()
    {
        var (push, nuke) = (Poison(ProfileTemplate.Average), Poison(ProfileTemplate.Average.Demoting));
        foreach (var (up, down) in push.Zip(nuke))
            Assert.All(up.Zip(down), pair => Assert.Equal(pair.First.Item == 190 ? (190, 1f) : pair.First, pair.Second));

        static (int Item, float Rating)[][] Poison(ProfileTemplate template) =>
            ShillingWorld.Fakes(template.Poison(ShillingWorld.Train, Budget with { Accounts = 5 }, new(1)));
    }

    private static IEnumerable<(int Item, float Rating)> Fillers(ProfileTemplate template) =>
        ShillingWorld.Fakes(template.Poison(ShillingWorld.Train, Budget, new(1))).SelectMany(profile => profile).Where(action => action.Item != 190);

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
