using Bulwark.Attacks.Poisoning;
using Bulwark.Data;
using Bulwark.Defenses.Detection;
using Bulwark.Tests.Attacks.Poisoning;

namespace Bulwark.Tests.Defenses.Detection;

/// <summary>Worlds whose fakes are known: who is accused, and who is not.</summary>
public sealed class ScreeningTests
{
    private static readonly Budget Budget = new(25, 30, [150, 180]), Many = Budget with { Accounts = 40 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void HonestPeopleAreLeftAlone(ulong seed)
    {
        var screening = Screening.Of(ShillingWorld.Create(seed), new(1));
        Assert.Empty(screening.Suspects);
        Assert.All(screening.Weights, weight => Assert.Equal(1, weight));
    }

    public static TheoryData<string> Attacks => ["random", "average", "bandwagon", "segment", "love-hate", "aush"];

    [Theory, MemberData(nameof(Attacks))]
    public void RingsAreFoundWhateverTheirFillers(string attack)
    {
        IPoison poison = attack switch
        {
            "random" => ProfileTemplate.Random,
            "average" => ProfileTemplate.Average,
            "bandwagon" => ProfileTemplate.Bandwagon(3),
            "segment" => ProfileTemplate.Segment([5, 6, 7]),
            "love-hate" => ProfileTemplate.LoveHate,
            _ => new Aush([5, 6, 7], Steps: 20),
        };
        var budget = attack == "love-hate" ? Budget with { Targets = [20, 35] } : Many;          // there must be somebody's liking to demote
        var screening = Screening.Of(poison.Poison(ShillingWorld.Train, budget, new(1)), new(1));
        int[] accused = [.. screening.Suspects.Select(suspect => suspect.User)];
        Assert.Equal(Enumerable.Range(ShillingWorld.Users, budget.Accounts), accused.Where(user => user >= ShillingWorld.Users).Order());
        Assert.InRange(accused.Count(user => user < ShillingWorld.Users), 0, 6);                  // 2% of the honest
        Assert.Contains(screening.Rings, ring => budget.Targets.Contains(ring.Item));
        Assert.All(screening.Suspects, suspect => Assert.Contains(" would", suspect.Reasons[0]));
        if (attack == "aush") Assert.Contains(screening.Suspects, suspect => suspect.Reasons.Any(reason => reason.Contains("rating to")));
    }

    /// <summary>Without ratings the fillers betray the ring: all items alike, where people find what is popular.</summary>
    [Fact]
    public void RingsOfClicksAreFoundByTheirFillers()
    {
        var poisoned = ProfileTemplate.Random.Poison(ShillingWorld.Clicks, Budget, new(1));
        var accused = Screening.Of(poisoned, new(1)).Suspects.Select(suspect => suspect.User).ToArray();
        Assert.InRange(accused.Count(user => user >= ShillingWorld.Users), 20, 25);
        Assert.InRange(accused.Count(user => user < ShillingWorld.Users), 0, 6);
        Assert.Empty(Screening.Of(ShillingWorld.Clicks, new(1)).Suspects);
    }

    /// <summary>
    /// A fan of one target of two is no member of the ring: his sum of excesses is about half of theirs, so his weight about ½ and more.
    /// </summary>
    [Fact]
    public void AFanOfOneTargetCountsMoreThanTheRing()
    {
        var builder = InteractionsBuilder.From(ProfileTemplate.Random.Poison(ShillingWorld.Train, Budget, new(1)));
        var fan = builder.Users.GetOrAdd("fan");
        foreach (var item in Enumerable.Range(0, 30)) builder.Add(fan, item, 3);
        builder.Add(fan, 150, 5);
        var screening = Screening.Of(builder.Build(), new(1));
        Assert.InRange(screening.Weights[fan], 0.5, 0.99);
        Assert.All(Enumerable.Range(ShillingWorld.Users, 25), user => Assert.True(screening.Weights[user] < 0.2));
    }

    /// <summary>k = 30 of n = 40 where p = .1 would: excess 1 − 4/30.</summary>
    [Fact]
    public void ExcessByHand() => Assert.Equal(26.0 / 30, new Ring(0, [.. Enumerable.Range(0, 30)], 40, 0.1, 9, "").Excess, 12);

    [Fact]
    public void TheGeneratedShopsRingIsFound()
    {
        var shop = GeneratedShopOf(fraud: 30);
        var suspects = Screening.Of(shop.Dataset.Interactions, new(1)).Suspects.Select(suspect => suspect.User).ToHashSet();
        var (caught, accused) = (Count(suspects, fraud: true), Count(suspects, fraud: false));
        Assert.InRange(caught, 27, 30);
        Assert.InRange(accused, 0, 6);
        Assert.Empty(Screening.Of(GeneratedShopOf(fraud: 0).Dataset.Interactions, new(1)).Suspects);

        int Count(HashSet<int> some, bool fraud) => some.Count(user => shop.IsFraud[user] == fraud);
        static Shop GeneratedShopOf(int fraud) => GeneratedShop.Create(new(Shoppers: 600, Products: 300, FraudAccounts: fraud), 1);
    }
}
