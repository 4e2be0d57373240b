using Bulwark.Attacks.Poisoning;
using Bulwark.Data;

namespace Bulwark.Tests.Attacks.Poisoning;

/// <summary>What holds of every attack on the data, on ratings and on clicks.</summary>
public sealed class PoisonTests
{
    private static readonly int[] Targets = [150, 190];
    private static readonly Budget Budget = new(12, 20, Targets);

    private static readonly (string Name, IPoison Attack)[] Attacks =
    [
        ("random", ProfileTemplate.Random), ("average", ProfileTemplate.Average), ("bandwagon", ProfileTemplate.Bandwagon(3)),
        ("segment", ProfileTemplate.Segment([5, 6, 7])), ("love-hate", ProfileTemplate.LoveHate),
        ("pga", SurrogatePoison.Pga with { Rounds = 2, Epochs = 5 }), ("bilevel", SurrogatePoison.Bilevel with { Rounds = 2, Epochs = 6, Unrolled = 2 }),
        ("aush", new Aush([5, 6, 7], Steps: 5)), ("leg-up", new LegUp(Rounds: 1, Steps: 2, Epochs: 5)),
    ];

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var (name, _) in Attacks)
                foreach (var rated in new[] { true, false }) cases.Add(name, rated);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void EveryProfileKeepsTheBudgetAndHoldsTheTargets(string name, bool rated)
    {
        var (attack, train) = (Attacks.Single(attack => attack.Name == name).Attack, rated ? ShillingWorld.Train : ShillingWorld.Clicks);
        if (name == "love-hate" && !rated)
        {
            Assert.Contains("cannot demote", Assert.Throws<ArgumentException>(() => attack.Poison(train, Budget, new(1))).Message);
            return;
        }
        var poisoned = attack.Poison(train, Budget, new(1));
        Assert.Equal(train.Hash, poisoned.Select([.. Enumerable.Range(0, train.Count)]).Hash);            // real rows first, untouched
        Assert.Equal(train.UserCount + Budget.Accounts, poisoned.UserCount);
        Assert.Equal(train.Users.Ids, poisoned.Users.Ids.Take(train.UserCount));
        Assert.Equal(train.Items.Ids, poisoned.Items.Ids);
        Assert.Equal(rated, poisoned.HasValues);
        foreach (var profile in ShillingWorld.Fakes(poisoned))
        {
            Assert.InRange(profile.Length, Targets.Length, Budget.Actions);
            if (name is not ("aush" or "leg-up")) Assert.Equal(Budget.Actions, profile.Length);                   // templates may be shorter
            Assert.Equal(profile.Length, profile.Select(action => action.Item).Distinct().Count());
            foreach (var target in Targets)
                Assert.Equal(!rated ? 1 : name == "love-hate" ? 1 : 5, Assert.Single(profile, action => action.Item == target).Rating);
            Assert.All(profile, action => Assert.True(rated ? action.Rating is 1 or 2 or 3 or 4 or 5 : action.Rating == 1));
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void EqualSeedsGiveEqualAccountsAndNoAccountsChangeNothing(string name, bool rated)
    {
        if (name == "love-hate" && !rated) return;
        var (attack, train) = (Attacks.Single(attack => attack.Name == name).Attack, rated ? ShillingWorld.Train : ShillingWorld.Clicks);
        Assert.Equal(attack.Poison(train, Budget, new(1)).Hash, attack.Poison(train, Budget, new(1)).Hash);
        Assert.NotEqual(attack.Poison(train, Budget, new(1)).Hash, attack.Poison(train, Budget, new(2)).Hash);
        Assert.Equal(train.Hash, attack.Poison(train, Budget with { Accounts = 0 }, new(1)).Hash);
    }

    [Fact]
    public void BudgetsThatMakeNoSenseAreRefused()
    {
        Refuses("reach for 2 targets", Budget with { Actions = 1 });
        Refuses("more than the 200 items", Budget with { Actions = 201 });
        Refuses("named twice", Budget with { Targets = [3, 3] });
        Refuses("not among the 200 items", Budget with { Targets = [200] });
        Refuses("needs a target", Budget with { Targets = [] });

        static void Refuses(string words, Budget budget) =>
            Assert.Contains(words, Assert.Throws<ArgumentException>(() => ProfileTemplate.Random.Poison(ShillingWorld.Train, budget, new(1))).Message);
    }

    /// <summary>Accounts act at times of real actions, in the order of time, and an id that is taken is not taken again.</summary>
    [Fact]
    public void TimesKindsAndNames()
    {
        var log = new InteractionsBuilder(hasValues: true, hasTimes: true, hasKinds: true);
        log.Add("fake-1", "x", 1, 100, EventKind.Rate);
        log.Add("a", "y", 5, 200, EventKind.Rate);
        log.Add("a", "z", 1, 300, EventKind.View);
        var poisoned = ProfileTemplate.Random.Poison(log.Build(), new(2, 3, [2]), new(1));
        Assert.Equal(["fake-1", "a", "fake-fake-1", "fake-2"], poisoned.Users.Ids);
        for (var row = 3; row < poisoned.Count; row++)
        {
            Assert.True(poisoned.Time[row] is 100 or 200 or 300);
            Assert.Equal(EventKind.Rate, poisoned.Kind[row]);
        }
    }
}
