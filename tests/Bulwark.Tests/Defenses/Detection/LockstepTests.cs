using Bulwark.Attacks.Poisoning;
using Bulwark.Data;
using Bulwark.Defenses.Detection;
using Bulwark.Tensors;
using Bulwark.Tests.Attacks.Poisoning;

namespace Bulwark.Tests.Defenses.Detection;

/// <summary>Crowds whose likeness is known, hidden in several ways, and crowds that are honest.</summary>
public sealed class LockstepTests
{
    private const int Ring = 20, Loners = 30, Targets = 5;
    private const long Day = 86_400;

    /// <summary>
    /// 20 accounts take the same 5 items and each k of its own: the cosine of any two is 5 / (5 + k). The others have nothing in common, so median and
    /// deviation are 0 and ½ is the bound: 5/8 is above it, 5/10 is not.
    /// </summary>
    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(3, 0.625)]
    [InlineData(5, null)]
    public void LikenessByHand(int own, double? expected)
    {
        var found = Lockstep.Find(new(World(Ring, own)));
        Assert.All(found[..Ring], company => Assert.Equal(expected, company?.Likeness is { } likeness ? Math.Round(likeness, 6) : null));
        Assert.All(found[Ring..], company => Assert.Null(company));
    }

    /// <summary>50 items of its own a year round against 5 common ones in one hour: in the day of that hour nothing but these.</summary>
    [Fact]
    public void WhatIsDoneAtOtherTimesHidesNothing()
    {
        var hour = 100 * Day + 7 * 3600;
        var found = Lockstep.Find(new(World(Ring, 50, (rng, isCommon) => isCommon ? hour + rng.Next(3600) : (long)(rng.NextDouble() * 50 * Day))));
        Assert.All(found[..Ring], company =>
        {
            Assert.Equal(1, company!.Value.Likeness, 6);
            Assert.Equal(1, company.Value.Days);
            Assert.InRange(hour - company.Value.From!.Value, 0, Day);
            Assert.Matches(@"^takes the same as 19 others and more \(cosine 1\.00\) in the 1 day from 1970-04-1\d ", company.Value.Words);
        });
        Assert.All(Lockstep.Find(new(World(Ring, 50)))[..Ring], company => Assert.Null(company));    // without times: 5/55
    }

    /// <summary>Nineteen accounts have eighteen others each, and four items are too few.</summary>
    [Fact]
    public void FewAccountsAndFewItemsAreNoCrowd()
    {
        Assert.All(Lockstep.Find(new(World(Ring - 1, 0))), company => Assert.Null(company));
        Assert.All(Lockstep.Find(new(World(Ring, 0, common: Targets - 1))), company => Assert.Null(company));
    }

    /// <summary>Where everybody takes eight of the same ten items, the cosine of any two is at least 6/8, and nobody is odd.</summary>
    [Fact]
    public void WhatEverybodyDoesIsNoStep()
    {
        var rng = new Rng(1);
        var pairs = Enumerable.Range(0, 200).SelectMany(user =>
        {
            int[] items = [.. Enumerable.Range(0, 10)];
            rng.Shuffle<int>(items);
            return items[..8].Select(item => (user, item));
        });
        Assert.All(Lockstep.Find(new(Blocks.Of(200, 10, pairs))), company => Assert.Null(company));
    }

    /// <summary>
    /// A campaign of a fortnight among honest people: all its accounts are found and nobody else, hurried or not; with half as many targets as fillers, only
    /// where they hurry.
    /// </summary>
    [Theory]
    [InlineData(20, 10, true, true)]
    [InlineData(20, 10, false, true)]
    [InlineData(15, 30, true, true)]
    [InlineData(15, 30, false, false)]
    public void APlantedCampaignIsFound(int targets, int fillers, bool hurried, bool isFound)
    {
        var honest = CampaignTests.Timed(ShillingWorld.Clicks, 1);
        IPoison accounts = hurried ? new Campaign(ProfileTemplate.Random, 14) : ProfileTemplate.Random;
        var poisoned = accounts.Poison(honest, new(40, targets + fillers, [.. Enumerable.Range(150, targets)]), new(1));
        var found = Lockstep.Find(new(poisoned));
        Assert.All(found[ShillingWorld.Users..], company => Assert.Equal(isFound, company is not null));
        Assert.All(found[..ShillingWorld.Users], company => Assert.Null(company));
        Assert.All(Lockstep.Find(new(honest)), company => Assert.Null(company));
        var accused = Screening.Of(poisoned, new(1)).Suspects;
        if (isFound) Assert.Equal(40, accused.Count(suspect => suspect.Reasons.Any(reason => reason.StartsWith("takes the same"))));
    }

    /// <summary>A ring with common items and some of its own, behind it people with ten items each that nobody else has.</summary>
    private static Interactions World(int ring, int own, Func<Rng, bool, long>? time = null, int common = Targets)
    {
        var (rng, pairs, next) = (new Rng(1), new List<(int User, int Item)>(), common);
        for (var user = 0; user < ring + Loners; user++)
        {
            if (user < ring) pairs.AddRange(Enumerable.Range(0, common).Select(item => (user, item)));
            for (var n = 0; n < (user < ring ? own : 10); n++) pairs.Add((user, next++));
        }
        var all = Blocks.Of(ring + Loners, next, pairs);
        return time is null ? all : new(
            all.Users, all.Items, all.User.ToArray(), all.Item.ToArray(), time: [.. pairs.Select(pair => time(rng, pair.Item < common))]);
    }
}
