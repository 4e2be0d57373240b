using Bulwark.Attacks.Histories;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.Histories;

/// <summary>What holds for every search on every victim.</summary>
public sealed class GreedyEditsTests
{
    private static readonly (string Name, IHistoryAttack Attack)[] Searches =
    [
        ("random", new RandomEdits()), ("sampled", GreedyEdits.Sampled(20)), ("guided", GreedyEdits.Guided(10)), ("exhaustive", GreedyEdits.Exhaustive),
    ];

    public static TheoryData<string> Victims => [.. HistoryWorld.Victims.Select(victim => victim.Name)];

    public static TheoryData<string> Formulas => [.. HistoryWorld.Formulas.Select(formula => formula.Name)];

    /// <summary>The histories of a path are within their number of edits by a distance that tries all ways, and nothing barred comes in.</summary>
    [Theory, MemberData(nameof(Victims))]
    public void NoSearchBreaksItsBudget(string name)
    {
        var victim = HistoryWorld.Named(name);
        foreach (var kinds in (EditKinds[])[EditKinds.Insert, EditKinds.Delete, EditKinds.Replace, EditKinds.All])
            foreach (var (search, attack) in Searches)
            {
                if (search == "guided" && victim.Slope is null) continue;
                var problem = new HistoryProblem(victim, HistoryGoal.Push(0, 3), new(5, kinds) { Barred = [2, 4] }, [3, 7, 1, 5]);
                var path = attack.Find(problem, new(1));
                Assert.Equal(6, path.Count);
                Assert.Equal(problem.Clean, path[0]);
                for (var edits = 0; edits < path.Count; edits++)
                {
                    Assert.Null((problem.Budget with { Edits = edits }).Violation(problem.Clean, path[edits]));
                    Assert.True(edits > 2 || Steps(problem.Clean, path[edits], kinds, edits) <= edits);
                    Assert.NotEmpty(path[edits]);
                    Assert.DoesNotContain(path[edits], item => item is 0 or 2 or 4);
                }
            }
    }

    /// <summary>With one edit, exhaustive search finds what trying every single edit finds; the others find no more, and greedy ones no less than nothing.</summary>
    [Theory, MemberData(nameof(Victims))]
    public void TheExhaustiveEditIsTheBestThereIs(string name)
    {
        var victim = HistoryWorld.Named(name);
        foreach (var push in (bool[])[false, true])
        {
            var problem = HistoryWorld.Problem(victim, 1, push: push);
            var best = problem.Losses([problem.Clean, .. Neighbors(problem.Clean)]).Max();
            foreach (var (search, attack) in Searches)
            {
                if (search == "guided" && victim.Slope is null) continue;
                var losses = problem.Losses(attack.Find(problem, new(2)));
                Assert.True(losses[1] <= best);
                if (search != "random") Assert.True(losses[1] >= losses[0]);
                if (search == "exhaustive") Assert.Equal(best, losses[1]);
            }
        }
    }

    [Theory, MemberData(nameof(Victims))]
    public void MoreEditsAreNeverWeakerAndNoneChangesNothing(string name)
    {
        var victim = HistoryWorld.Named(name);
        foreach (var (search, attack) in Searches.Where(search => search.Name != "random" && (search.Name != "guided" || victim.Slope is not null)))
        {
            var problem = HistoryWorld.Problem(victim, 4);
            var path = attack.Find(problem, new(3));
            var losses = problem.Losses(path);
            for (var edits = 1; edits < losses.Length; edits++) Assert.True(losses[edits] >= losses[edits - 1], search);
            Assert.Equal([problem.Clean], attack.Find(HistoryWorld.Problem(victim, 0), new(3)));
            Assert.Equal(path.Take(3), attack.Find(HistoryWorld.Problem(victim, 2), new(3)));       // a smaller budget is a part of a larger one
        }
    }

    /// <summary>Over several problems: the best possible ≥ guided ≥ as many drawn candidates ≥ one drawn blind, strictly on the whole.</summary>
    [Theory, MemberData(nameof(Formulas))]
    public void GradientsAreWorthMoreThanChance(string name)
    {
        var victim = HistoryWorld.Named(name);
        double random = 0, sampled = 0, guided = 0, exhaustive = 0;
        for (var n = 0; n < 12; n++)
        {
            var items = Enumerable.Range(0, HistoryWorld.Items).ToArray();
            new Rng(9).Fork(n).Shuffle<int>(items);
            var problem = new HistoryProblem(victim, n % 2 == 0 ? HistoryGoal.Push(items[0], 3) : HistoryGoal.Spoil(items[0], 3), new(1), items[1..6]);
            random += Reached(new RandomEdits());
            sampled += Reached(GreedyEdits.Sampled(8));
            guided += Reached(GreedyEdits.Guided(8));
            exhaustive += Reached(GreedyEdits.Exhaustive);

            double Reached(IHistoryAttack attack) => problem.Losses(attack.Find(problem, new Rng(5).Fork(n)))[1];
        }
        Assert.True(exhaustive >= guided, $"{exhaustive} {guided}");
        Assert.True(guided > sampled, $"{guided} {sampled}");
        Assert.True(sampled > random, $"{sampled} {random}");
    }

    [Fact]
    public void AVictimThatShowsScoresAloneIsNotGuided()
    {
        var refusal = Assert.Throws<NotSupportedException>(() => GreedyEdits.Guided().Find(HistoryWorld.Problem(HistoryWorld.Named("ItemKNN"), 1), new(1)));
        Assert.Contains("search greedily", refusal.Message);
    }

    [Fact]
    public void EqualSeedsGiveEqualEditsAndOtherSeedsOthers()
    {
        var problem = HistoryWorld.Problem(HistoryWorld.Named("SASRec"), 3);
        foreach (var attack in (IHistoryAttack[])[new RandomEdits(), GreedyEdits.Sampled(3)])
        {
            Assert.Equal(attack.Find(problem, new(1)), attack.Find(problem, new(1)));
            Assert.NotEqual(attack.Find(problem, new(1)), attack.Find(problem, new(2)));
        }
    }

    /// <summary>A known answer: ŷ(i) = Σ_h w_hi with w_27 = 5 and nothing else moves 7 by more than 1, so that one inserted 2 lifts 7 most.</summary>
    [Fact]
    public void TheOneItemThatLiftsTheTargetIsFound()
    {
        var victim = new HistoryVictim(Items, (histories, scores) =>
        {
            scores.Clear();
            for (var n = 0; n < histories.Count; n++)
                foreach (var item in histories[n])
                    (scores[n * Items + 7], scores[n * Items + (item + 1) % Items]) = (scores[n * Items + 7] + (item == 2 ? 5 : item / 12f), item % 3 * 0.1f);
        });
        var found = GreedyEdits.Exhaustive.Find(new(victim, HistoryGoal.Push(7, 1), new(1, EditKinds.Insert), [4, 9]), new(1))[1];
        Assert.Equal([2, 4, 9], found.Order());
    }

    private const int Items = HistoryWorld.Items;

    /// <summary>Every history one edit away that is allowed: item 0 does not come in, and no item twice.</summary>
    private static IEnumerable<int[]> Neighbors(int[] history)
    {
        int[] entering = [.. Enumerable.Range(1, Items - 1).Except(history)];
        for (var place = 0; place <= history.Length; place++)
            foreach (var item in entering) yield return [.. history[..place], item, .. history[place..]];
        for (var place = 0; place < history.Length; place++)
        {
            yield return [.. history[..place], .. history[(place + 1)..]];
            foreach (var item in entering) yield return [.. history[..place], item, .. history[(place + 1)..]];
        }
    }

    /// <summary>The fewest edits by trying all of them, up to a bound.</summary>
    private static int Steps(int[] from, int[] to, EditKinds kinds, int most)
    {
        if (from.SequenceEqual(to)) return 0;
        if (most == 0) return int.MaxValue / 2;
        var fewest = int.MaxValue / 2;
        for (var place = 0; place <= from.Length; place++)
            foreach (var kind in (EditKinds[])[EditKinds.Insert, EditKinds.Delete, EditKinds.Replace])
            {
                if (!kinds.HasFlag(kind) || kind != EditKinds.Insert && place == from.Length) continue;
                foreach (var item in kind == EditKinds.Delete ? [-1] : to)
                    fewest = Math.Min(fewest, 1 + Steps(new Edit(kind, place, item).Of(from), to, kinds, most - 1));
            }
        return fewest;
    }
}
