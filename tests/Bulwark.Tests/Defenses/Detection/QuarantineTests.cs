using Bulwark.Data;
using Bulwark.Defenses.Detection;

namespace Bulwark.Tests.Defenses.Detection;

public sealed class QuarantineTests
{
    private static readonly Interactions Three = Blocks.Of(3, 2, [(0, 0), (1, 1), (2, 0), (1, 0)]);

    [Fact]
    public void RowsOfSuspectsAreLeftOutAndNumbersStay()
    {
        var rest = Three.Without([1, 0.2, 0.5]);
        Assert.Equal([0, 2], rest.User.ToArray());
        Assert.Same(Three.Users, rest.Users);
        Assert.Equal([0, 1, 1], Three.Without([1, 0.2, 0.1], least: 0.15).User.ToArray());
    }

    [Fact]
    public void WithoutSuspectsNothingChanges() => Assert.Same(Three, Three.Without([1, 1, 1]));

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        Assert.Contains("3 users and 2 weights", Assert.Throws<ArgumentException>(() => Three.Without([1, 1])).Message);
        Assert.Contains("Nobody is left", Assert.Throws<ArgumentException>(() => Three.Without([0, 0, 0])).Message);
    }
}
