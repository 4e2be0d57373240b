using Bulwark.Data;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class BehaviorQualityTests
{
    private static readonly Vocabulary _items = new(["a", "b", "c", "d"]);

    private static Interactions Users(params IReadOnlyList<int[]> profiles)
    {
        var builder = new InteractionsBuilder(items: _items);
        foreach (var (user, profile) in profiles.Index())
            foreach (var item in profile) builder.Add($"u{user}", _items[item]);
        return builder.Build();
    }

    /// <summary>
    /// Real: {a}, {a, b}, {a, b, c}, {a}; made up: {b}, {b}, {a, b}, {d}. Lengths 1 1 2 3 and 1 1 1 2: up to 1, ½ and ¾; up to 2, ¾ and 1. Shares of users 1, ½, ¼, 0
    /// and ¼, ¾, 0, ¼: up to 0, ¼ and ¼; up to ¼, ½ and ¾; up to ½, ¾ and ¾; up to ¾, ¾ and 1. What is touched has the real shares 1 ×4, ½ ×2, ¼ and 1, ½ ×3, 0: up to
    /// 0, 0 and 1/5; up to ¼, 1/7 and 1/5; up to ½, 3/7 and 4/5. Items: three each. Of four profiles two are alike.
    /// </summary>
    [Fact]
    public void GoldenValues()
    {
        var quality = BehaviorQuality.Of(Users([0], [0, 1], [0, 1, 2], [0]), Users([1], [1], [0, 1], [3]));
        Assert.Equal((0.25, 0.25, 1, 0.5), (quality.Activity, quality.Popularity, quality.Coverage, quality.Duplicates));
        Assert.Equal(4 / 5.0 - 3 / 7.0, quality.Reach, 12);
    }

    [Fact]
    public void RealUsersAreLikeThemselves()
    {
        var real = BehaviorWorld.TwoTastes(30, new Rng(1));
        Assert.Equal((0, 0, 0, 1), (BehaviorQuality.Of(real, real) is var q ? q.Activity : 1, q.Popularity, q.Reach, q.Coverage));
    }

    [Fact]
    public void OtherItemsAreRefused() => Assert.Throws<ArgumentException>(() => BehaviorQuality.Of(Users([0]), BehaviorWorld.TwoTastes(3, new Rng(1))));
}
