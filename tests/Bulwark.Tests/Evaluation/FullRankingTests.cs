using Bulwark.Evaluation;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation;

public sealed class FullRankingTests
{
    private static readonly double Log2Of3 = Math.Log2(3);

    // Three users, five items.
    // User 0 has seen item 0 and should find item 2 among 1, 2, 3, 4: one above, so rank 2 of 4.
    // User 1 should find 1 and 3. Item 4 is above, item 2 ties with both and is not relevant: ranks 3 and 4 of 5.
    // User 2 has nothing to find.
    private static readonly TableModel World = new([9, 8, 7, 6, 5], [1, 5, 5, 5, 9], [1, 2, 3, 4, 5]);
    private static readonly UserRows Test = UserRows.Of([2], [3, 1], []);
    private static readonly UserRows Seen = UserRows.Of([0], [], []);

    [Theory]
    [InlineData("hr@3", 1, 1)]
    [InlineData("recall@3", 1, 1 / 2.0)]
    [InlineData("precision@3", 1 / 3.0, 1 / 3.0)]
    [InlineData("f1@3", 1 / 2.0, 2 / 5.0)]                    // 2h / (k + m): 2 / (3 + 1) and 2 / (3 + 2)
    [InlineData("mrr@3", 1 / 2.0, 1 / 3.0)]
    [InlineData("map@3", 1 / 2.0, 1 / 6.0)]                   // (1/3) / min(3, 2)
    [InlineData("hr@2", 1, 0)]
    [InlineData("auc", 2 / 3.0, 1 / 3.0)]                     // 1 of 3 pairs lost; 2 + 2 of 6 pairs lost, the tied ones among them
    public void ValuesWorkedByHand(string metric, double first, double second)
    {
        var result = FullRanking.Evaluate(World, Test, Seen, [.. RankingMetrics.AtK(2, 3), RankingMetrics.Auc()]);
        Assert.Equal([0, 1], result.Users);
        Assert.Equal(first, result.PerUser(metric)[0], 12);
        Assert.Equal(second, result.PerUser(metric)[1], 12);
        Assert.Equal((first + second) / 2, result[metric], 12);
    }

    [Fact]
    public void NdcgWorkedByHand()
    {
        var ndcg = FullRanking.Evaluate(World, Test, Seen, [RankingMetrics.Ndcg(3)]).PerUser("ndcg@3");
        Assert.Equal(1 / Log2Of3, ndcg[0], 12);                             // rank 2
        Assert.Equal(1 / 2.0 / (1 + 1 / Log2Of3), ndcg[1], 12);             // rank 3 over ranks 1 and 2
    }

    [Fact]
    public void UsersWithNothingToFindAreSkippedAndCounted()
    {
        var result = FullRanking.Evaluate(World, Test, Seen, RankingMetrics.AtK(2));
        Assert.Equal((1, 0), (result.SkippedUsers, result.SeenTestItems));
        // A test item of training is no candidate: user 0 then has nothing to find, and user 1 one item.
        var overlap = FullRanking.Evaluate(World, Test, UserRows.Of([0, 2], [3], []), RankingMetrics.AtK(2));
        Assert.Equal((2, 2), (overlap.SkippedUsers, overlap.SeenTestItems));
        Assert.Equal([1], overlap.Users);
    }

    [Fact]
    public void EqualsAListSortedWithTiesAgainstTheModel()
    {
        var rng = new Rng(1);
        for (var trial = 0; trial < 200; trial++)
        {
            var (users, items, k) = (1 + rng.Next(4), 2 + rng.Next(9), 1);
            k += rng.Next(items);
            var scores = Table(rng, users, items, () => rng.Next(12) switch { 0 => float.NaN, 1 => float.NegativeInfinity, var n => n / 3 });
            var (test, seen) = (Rows(rng, users, items, 3), Rows(rng, users, items, 3));
            if (test.Except(seen).Items.Length == 0) continue;
            var result = FullRanking.Evaluate(new TableModel(scores), test, seen, [.. RankingMetrics.AtK(k), RankingMetrics.Auc(),
                RankingMetrics.ReciprocalRank(), RankingMetrics.MeanAveragePrecisionOverRelevant(k)]);
            for (var n = 0; n < result.Users.Count; n++)
            {
                var user = result.Users[n];
                var expected = Textbook(scores[user], test[user].ToArray(), seen[user].ToArray(), k);
                foreach (var (name, value) in expected)
                {
                    var found = result.PerUser(name)[n];
                    Assert.True(Math.Abs(value - found) < 1e-12, $"trial {trial}, user {user}: {name} is {found}, not {value}");
                }
                Assert.Equal(result.Means.Count, expected.Count);
            }
        }
    }

    // The definitions, read off a sorted list of candidates; NaN and −∞ last, others before relevant items of the same score.
    private static Dictionary<string, double> Textbook(float[] scores, int[] test, int[] seen, int k)
    {
        static float Level(float score) => float.IsNaN(score) ? float.NegativeInfinity : score;
        var list = Enumerable.Range(0, scores.Length).Except(seen).OrderByDescending(item => Level(scores[item])).ThenBy(item => test.Contains(item));
        var relevant = list.Select(test.Contains).ToArray();
        var m = relevant.Count(yes => yes);
        var top = relevant.Take(k).ToArray();
        var (hits, gain, ideal, precisions, won) = (0, 0.0, 0.0, 0.0, 0);
        for (var i = 0; i < top.Length; i++)
        {
            if (i < m) ideal += 1 / Math.Log2(i + 2);
            if (!top[i]) continue;
            gain += 1 / Math.Log2(i + 2);
            precisions += (double)++hits / (i + 1);
        }
        for (var i = 0; i < relevant.Length; i++)
            for (var j = i + 1; j < relevant.Length; j++)
                if (relevant[i] && !relevant[j]) won++;
        var pairs = m * (relevant.Length - m);
        var (recall, precision, first) = ((double)hits / m, (double)hits / k, Array.IndexOf(relevant, true) + 1);
        return new()
        {
            [$"hr@{k}"] = hits > 0 ? 1 : 0,
            [$"recall@{k}"] = recall,
            [$"precision@{k}"] = precision,
            [$"f1@{k}"] = hits == 0 ? 0 : 2 * recall * precision / (recall + precision),
            [$"ndcg@{k}"] = gain / ideal,
            [$"mrr@{k}"] = first <= k ? 1.0 / first : 0,
            [$"map@{k}"] = precisions / Math.Min(k, m),
            [$"map-rel@{k}"] = precisions / m,
            ["mrr"] = 1.0 / first,
            ["auc"] = pairs == 0 ? 1 : (double)won / pairs,
        };
    }

    [Fact]
    public void ManyRelevantItemsInALongRowAreCountedAcrossChunks()
    {
        // 10,000 items with score = item number; every tenth is relevant, so the relevant ones rank 10th, 20th, …
        var scores = Enumerable.Range(0, 10_000).Select(item => (float)item).ToArray();
        var relevant = Enumerable.Range(0, 1000).Select(i => i * 10).ToArray();
        Metric sum = new("sum", null, (ranks, candidates) =>
        {
            for (var i = 0; i < ranks.Length; i++) Assert.Equal(10 * (i + 1), ranks[i]);
            return candidates;
        });
        Assert.Equal(10_000, FullRanking.Evaluate(new TableModel(scores), UserRows.Of([relevant]), UserRows.Of([[]]), [sum])["sum"]);
    }

    [Fact]
    public void ConstantScoresTakeTheWorstRank()
    {
        // 6 items, 1 seen, 2 relevant: ranks 4 and 5 of 5.
        var result = FullRanking.Evaluate(new TableModel(new float[6]), UserRows.Of([1, 2]), UserRows.Of([[0]]),
            [RankingMetrics.ReciprocalRank(), RankingMetrics.Auc(), RankingMetrics.HitRate(3), RankingMetrics.HitRate(4)]);
        Assert.Equal([1 / 4.0, 0, 0, 1], result.Means.Values);
    }

    [Fact]
    public void PrecisionTimesKTimesUsersIsTheNumberOfHits()
    {
        var (model, test, seen) = RandomWorld(2, 40, 60);
        foreach (var k in new[] { 1, 5, 20, 60 })
        {
            var result = FullRanking.Evaluate(model, test, seen, RankingMetrics.AtK(k));
            var hits = 0.0;
            for (var n = 0; n < result.Users.Count; n++) hits += result.PerUser($"recall@{k}")[n] * test.Except(seen)[result.Users[n]].Length;
            Assert.Equal(hits, result[$"precision@{k}"] * k * result.Users.Count, 9);
        }
    }

    [Fact]
    public void ReversedScoresHaveTheOppositeAuc()
    {
        var rng = new Rng(3);
        var scores = Table(rng, 20, 30, rng.NextSingle);
        var (test, seen) = (Rows(rng, 20, 30, 3), Rows(rng, 20, 30, 5));
        var reversed = scores.Select(row => row.Select(score => -score).ToArray()).ToArray();
        var auc = FullRanking.Evaluate(new TableModel(scores), test, seen, [RankingMetrics.Auc()]);
        var opposite = FullRanking.Evaluate(new TableModel(reversed), test, seen, [RankingMetrics.Auc()]);
        Assert.Equal(1 - auc["auc"], opposite["auc"], 12);
        Assert.NotEqual(0.5, auc["auc"], 3);
    }

    [Fact]
    public void OnlyTheOrderOfScoresMatters()
    {
        var rng = new Rng(4);
        var scores = Table(rng, 20, 30, () => rng.Next(8));
        var transformed = scores.Select(row => row.Select(score => MathF.Exp(score) - 5).ToArray()).ToArray();
        var (test, seen) = (Rows(rng, 20, 30, 3), Rows(rng, 20, 30, 5));
        Assert.Equal(FullRanking.Evaluate(new TableModel(scores), test, seen, RankingMetrics.Default).Means,
            FullRanking.Evaluate(new TableModel(transformed), test, seen, RankingMetrics.Default).Means);
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    [InlineData(-7f)]
    public void TheScoreOfASeenItemNeverMatters(float score)
    {
        var rng = new Rng(5);
        var scores = Table(rng, 10, 15, () => rng.Next(6));
        var (test, seen) = (Rows(rng, 10, 15, 3), Rows(rng, 10, 15, 6));
        var before = FullRanking.Evaluate(new TableModel(scores), test, seen, RankingMetrics.Default, [ListMetrics.Gini(5)]).Means;
        for (var user = 0; user < 10; user++)
            foreach (var item in seen[user]) scores[user][item] = score;
        Assert.Equal(before, FullRanking.Evaluate(new TableModel(scores), test, seen, RankingMetrics.Default, [ListMetrics.Gini(5)]).Means);
    }

    [Fact]
    public void AModelThatDivergedFindsNothing()
    {
        var broken = new TableModel([float.NaN, float.NaN, float.NaN]);
        var result = FullRanking.Evaluate(broken, UserRows.Of([[1]]), UserRows.Of([[]]), [RankingMetrics.HitRate(2), RankingMetrics.Auc()]);
        Assert.Equal([0, 0], result.Means.Values);
    }

    [Fact]
    public void ManyBlocksGiveWhatOneUserAtATimeGives()
    {
        var (model, test, seen) = RandomWorld(6, 400, 40);                  // more than two blocks of 128 users
        var reports = new List<int>();
        var result = FullRanking.Evaluate(model, test, seen, RankingMetrics.Default, progress: new Reports(reports));
        for (var n = 0; n < result.Users.Count; n += 37)
        {
            var only = UserRows.Of(Enumerable.Range(0, 400).Select(user => user == result.Users[n] ? test[user].ToArray() : []));
            var alone = FullRanking.Evaluate(model, only, seen, RankingMetrics.Default);
            foreach (var metric in RankingMetrics.Default) Assert.Equal(alone[metric.Name], result.PerUser(metric.Name)[n]);
        }
        Assert.Equal(result.Users.Count, reports[^1]);
        Assert.True(reports.Count >= 3);
    }

    [Fact]
    public void RecommendsTheBestUnseenItems()
    {
        var lists = FullRanking.Recommend(World, [2, 0], UserRows.Of([0], [], [4, 2, 1, 0]), 3);
        Assert.Equal([3], lists.Items(0));                                  // user 2 has one item left
        Assert.Equal([1, 2, 3], lists.Items(1));
        Assert.Equal([8f, 7, 6], lists.Scores(1));
        Assert.Equal([2, 0], lists.Users);
    }

    [Fact]
    public void MistakesAreExplained()
    {
        Explains("recall@6 looks at 6 places, but there are 5 items", () => FullRanking.Evaluate(World, Test, Seen, [RankingMetrics.Recall(6)]));
        Explains("at most 5", () => FullRanking.Evaluate(World, Test, Seen, [], [ListMetrics.Coverage(6)]));
        Explains("at most 5", () => FullRanking.Recommend(World, [0], Seen, 6));
        Explains("No user has a test item", () => FullRanking.Evaluate(World, UserRows.Of([0], [], []), Seen, RankingMetrics.AtK(1)));
        Explains("Test item 7 is unknown", () => FullRanking.Evaluate(World, UserRows.Of([7], [], []), Seen, RankingMetrics.AtK(1)));
        Explains("the model knows 3", () => FullRanking.Evaluate(World, UserRows.Of([0], [], [], [1]), Seen, RankingMetrics.AtK(1)));
        Explains("2 rows of seen items", () => FullRanking.Evaluate(World, Test, UserRows.Of([0], []), RankingMetrics.AtK(1)));
        Explains("asked for twice", () => FullRanking.Evaluate(World, Test, Seen, [RankingMetrics.Recall(1), RankingMetrics.Recall(1)]));
        var missing = Assert.Throws<KeyNotFoundException>(() => FullRanking.Evaluate(World, Test, Seen, [RankingMetrics.Recall(1)])["ndcg@10"]);
        Assert.Contains("recall@1", missing.Message);

        static void Explains(string part, Action mistake) => Assert.Contains(part, Assert.Throws<ArgumentException>(mistake).Message);
    }

    [Fact]
    public void StopsWhenCanceled() => Assert.Throws<OperationCanceledException>(() =>
        FullRanking.Evaluate(World, Test, Seen, RankingMetrics.AtK(1), cancel: new CancellationToken(canceled: true)));

    private static (TableModel, UserRows Test, UserRows Seen) RandomWorld(ulong seed, int users, int items)
    {
        var rng = new Rng(seed);
        var model = new TableModel(Table(rng, users, items, () => rng.Next(50)));
        return (model, Rows(rng, users, items, 4), Rows(rng, users, items, 6));
    }

    private static float[][] Table(Rng rng, int users, int items, Func<float> score) =>
        [.. Enumerable.Range(0, users).Select(_ => Enumerable.Range(0, items).Select(_ => score()).ToArray())];

    private static UserRows Rows(Rng rng, int users, int items, int most) =>
        UserRows.Of(Enumerable.Range(0, users).Select(_ => Enumerable.Range(0, rng.Next(most + 1)).Select(_ => rng.Next(items)).ToArray()).ToArray());

    private sealed class Reports(List<int> heard) : IProgress<int>
    {
        public void Report(int value) => heard.Add(value);
    }
}
