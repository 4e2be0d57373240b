using Bulwark.Attacks.Poisoning;
using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.Poisoning;

public sealed class CampaignTests
{
    private const long Day = 86_400;
    private static readonly Budget Budget = new(30, 20, [150, 180]);

    /// <summary>A year of honest clicks.</summary>
    private static readonly Interactions Year = Timed(ShillingWorld.Clicks, 1);

    [Fact]
    public void TargetsAreTakenWithinDaysAndAllElseAsBefore()
    {
        var plain = ProfileTemplate.Random.Poison(Year, Budget, new(3));
        var hurried = new Campaign(ProfileTemplate.Random, 7).Poison(Year, Budget, new(3));
        Assert.Equal(plain.User, hurried.User);
        Assert.Equal(plain.Item, hurried.Item);
        var moved = Enumerable.Range(0, plain.Count).Where(row => plain.Time[row] != hurried.Time[row]).ToArray();
        Assert.Equal(Enumerable.Range(Year.Count, plain.Count - Year.Count).Where(row => plain.Item[row] is 150 or 180), moved);
        var times = moved.Select(row => hurried.Time[row]).ToArray();
        Assert.InRange(times.Max() - times.Min(), 5 * Day, 7 * Day);                              // 60 draws in a week reach nearly over all of it
        Assert.InRange(times.Min(), 0.25 * 365 * Day, 0.75 * 365 * Day);                          // the middle half
    }

    [Fact]
    public void ItsTimeIsChance()
    {
        Assert.NotEqual(Start(1), Start(2));
        static long Start(ulong seed) => new Campaign(ProfileTemplate.Random, 1).Poison(Year, Budget, new(seed)).Time[^1];
    }

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        Assert.Contains("needs times", Refused<ArgumentException>(7, ShillingWorld.Clicks));
        Assert.Contains("Days", Refused<ArgumentOutOfRangeException>(0, Year));
        static string Refused<T>(int days, Interactions data) where T : Exception =>
            Assert.Throws<T>(() => new Campaign(ProfileTemplate.Random, days).Poison(data, Budget, new(1))).Message;
    }

    /// <summary>The same rows, each at any moment of a year.</summary>
    internal static Interactions Timed(Interactions clicks, ulong seed)
    {
        var (rng, time) = (new Rng(seed), new long[clicks.Count]);
        foreach (ref var t in time.AsSpan()) t = (long)(rng.NextDouble() * 365 * Day);
        return new(clicks.Users, clicks.Items, clicks.User.ToArray(), clicks.Item.ToArray(), time: time);
    }
}
