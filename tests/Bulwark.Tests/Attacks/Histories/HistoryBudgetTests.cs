using Bulwark.Attacks.Histories;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.Histories;

public sealed class HistoryBudgetTests
{
    /// <summary>1 2 3 → 2 3 4: a deletion and an insertion, or three replacements.</summary>
    [Theory]
    [InlineData(EditKinds.All, 2)]
    [InlineData(EditKinds.Insert | EditKinds.Delete, 2)]
    [InlineData(EditKinds.Replace, 3)]
    public void TheDistanceIsThatOfTheAllowedKinds(EditKinds kinds, int expected) => Assert.Equal(expected, HistoryBudget.Distance([1, 2, 3], [2, 3, 4], kinds));

    /// <summary>The recursion of the definition, without a table, on random pairs.</summary>
    [Fact]
    public void TheDistanceIsThatOfAllAlignments()
    {
        var rng = new Rng(1);
        for (var n = 0; n < 100; n++)
        {
            int[] from = Draw(), to = Draw();
            foreach (var kinds in (EditKinds[])[EditKinds.All, EditKinds.Insert | EditKinds.Delete, EditKinds.Insert | EditKinds.Replace])
            {
                var expected = Align(from, to, kinds);
                var distance = HistoryBudget.Distance(from, to, kinds);
                Assert.True(expected > 100 ? distance > 100 : distance == expected);
            }
        }

        int[] Draw() => [.. Enumerable.Range(0, rng.Next(6)).Select(_ => rng.Next(4))];
    }

    [Fact]
    public void AViolationIsSaidInWords()
    {
        var budget = new HistoryBudget(1) { Barred = [9] };
        Assert.Null(budget.Violation([1, 2], [1, 2]));
        Assert.Null(budget.Violation([1, 2], [1, 5, 2]));
        Assert.Contains("2 edits, more than 1", budget.Violation([1, 2], [5, 6]));
        Assert.Contains("item 9 came in", budget.Violation([1, 2], [1, 9]));
        Assert.Contains("nothing of the history is left", budget.Violation([1], []));
        Assert.Contains("twice", (budget with { Edits = 2 }).Violation([1], [1, 5, 5]));
        Assert.Contains("no edits of the kinds Delete", (budget with { Kinds = EditKinds.Delete }).Violation([1, 2], [1, 3]));
    }

    [Fact]
    public void BudgetsThatMakeNoSenseAreRefused()
    {
        Refuses("-1 edits", new(-1));
        Refuses("allow at least one", new(1, EditKinds.None));
        Refuses("Item 12, which may not come in, is not among the 12 items", new(1) { Barred = [12] });

        static void Refuses(string words, HistoryBudget budget) => Assert.Contains(words, Assert.Throws<ArgumentException>(() => budget.Check(12)).Message);
    }

    private static int Align(ReadOnlySpan<int> from, ReadOnlySpan<int> to, EditKinds kinds)
    {
        if (from.IsEmpty) return to.Length * Cost(EditKinds.Insert);
        if (to.IsEmpty) return from.Length * Cost(EditKinds.Delete);
        var change = Align(from[1..], to[1..], kinds) + (from[0] == to[0] ? 0 : Cost(EditKinds.Replace));
        return Math.Min(change, Math.Min(Align(from[1..], to, kinds) + Cost(EditKinds.Delete), Align(from, to[1..], kinds) + Cost(EditKinds.Insert)));

        int Cost(EditKinds kind) => kinds.HasFlag(kind) ? 1 : 1000;
    }
}
