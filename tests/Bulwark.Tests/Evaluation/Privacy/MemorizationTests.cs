using Bulwark.Evaluation;
using Bulwark.Evaluation.Privacy;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation.Privacy;

public sealed class MemorizationTests
{
    /// <summary>
    /// Training {0, 1, 2} and {3, 4}; holdout {0, 5} and {3, 4, 5}. Synthetic {3, 4} is a copy, ⅓ from the holdout's nearest; {0, 1} is ⅓ from {0, 1, 2} and
    /// 1 − 1/3 from {0, 5}.
    /// </summary>
    [Fact]
    public void WorkedByHand()
    {
        var found = Memorization.Of(UserRows.Of([3, 4], [0, 1], []), UserRows.Of([0, 1, 2], [3, 4]), UserRows.Of([0, 5], [3, 4, 5]), new Rng(1));
        Assert.Equal(0.5, found.Copies);
        Assert.Equal(1.0 / 6, found.Distance, 12);
        Assert.Equal(0.5, found.HoldoutDistance, 12);
        Assert.Equal(1.0 / 3, found.Ratio, 12);
        Assert.Equal(1, found.NearerTraining);
        Assert.Equal(7.0 / 8, found.Membership.Auc, 12);     // members at ⅓ and 0, others at ⅔ and ⅓: one tie of four pairs
    }

    /// <summary>{0, 1} and {0, 1, 2} have 2 of 3 in common, {3, 4} is there; who has nothing counts on no side.</summary>
    [Fact]
    public void TheNearestByHand() => Assert.Equal([1 - 2.0 / 3, 0], Memorization.Nearest(UserRows.Of([0, 1], [], [3, 4]), UserRows.Of([0, 1, 2], [3, 4], [])));

    /// <summary>A generator that hands out its training users is caught; one that draws from the same world is not, and is as near to both halves.</summary>
    [Fact]
    public void CopiesAreCaughtAndFreshDrawsAreNot()
    {
        var (train, holdout, fresh) = (Draw(200, 1), Draw(300, 2), Draw(200, 3));
        var copied = Memorization.Of(train, train, holdout, new Rng(1));
        Assert.Equal((1, 0, 0, 1), (copied.Copies, copied.Distance, copied.Ratio, copied.NearerTraining));
        Assert.True(copied.Membership is { Auc: > 0.99, FewFalse: > 0.9 }, $"{copied.Membership}");
        var honest = Memorization.Of(fresh, train, holdout, new Rng(1));
        Assert.Equal(0, honest.Copies);
        Assert.Equal(1, honest.Ratio, 0.03);
        Assert.Equal(0.5, honest.NearerTraining, 0.15);
        Assert.Equal(0.5, honest.Membership.Auc, 0.1);
    }

    [Fact]
    public void NobodyIsRefused() => Assert.Contains("nobody", Assert.Throws<ArgumentException>(
        () => Memorization.Of(UserRows.Of([]), UserRows.Of([1]), UserRows.Of([2]), new Rng(1))).Message);

    private static UserRows Draw(int users, ulong seed)
    {
        var rng = new Rng(seed);
        return UserRows.Of(Enumerable.Range(0, users).Select(_ => Enumerable.Range(0, 12).Select(_ => rng.Next(60)).ToArray()));
    }
}
