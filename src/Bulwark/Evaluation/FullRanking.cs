using Bulwark.Models;

namespace Bulwark.Evaluation;

/// <summary>
/// The protocol that published tables should use: a user's test items are ranked among every item of the catalog that the user has not
/// touched in training. No candidate is left out, so there is nothing to sample and no seed.
/// </summary>
/// <remarks>
/// Serves leave-one-out splits (one test item a user) and splits with many test items a user alike. To compare with the MovieLens tables
/// of Microsoft Recommenders (75/25 stratified by user, k = 10), take precision, recall and NDCG at 10 and, for their MAP,
/// <see cref="RankingMetrics.MeanAveragePrecisionOverRelevant"/>.
/// </remarks>
public static class FullRanking
{
    /// <summary>Ranks the test items of every user that has one.</summary>
    /// <param name="model">What ranks. Its scores are higher for better; NaN counts as never recommended.</param>
    /// <param name="test">The relevant items of each user; users without one are skipped and counted.</param>
    /// <param name="seen">What each user touched in training: never a candidate. A test item found here is dropped and counted.</param>
    /// <param name="metrics">Such as <see cref="RankingMetrics.Default"/>.</param>
    /// <param name="lists">Metrics of the lists of the users measured; the lists are made only if there are some.</param>
    /// <param name="progress">Hears how many users are done.</param>
    /// <param name="cancel">Stops between blocks of users.</param>
    /// <exception cref="ArgumentException">No user has a test item, a cutoff is above the number of items, or the sizes do not fit.</exception>
    public static RankingResult Evaluate(
        IRecommender model, UserRows test, UserRows seen, IReadOnlyList<Metric> metrics, IReadOnlyList<ListMetric>? lists = null,
        IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        Check(model, seen, test.UserCount);
        if (test.ItemBound > model.ItemCount)
            throw new ArgumentException($"Test item {test.ItemBound - 1} is unknown to a model of {model.ItemCount} items: drop unknown items.", nameof(test));
        lists ??= [];
        CheckMetrics(metrics, lists, model.ItemCount);

        var relevant = test.Except(seen);
        var users = Enumerable.Range(0, relevant.UserCount).Where(user => relevant[user].Length > 0).ToArray();
        if (users.Length == 0) throw new ArgumentException("No user has a test item that is new to them: give test items outside training.", nameof(test));
        var values = metrics.Select(_ => new double[users.Length]).ToArray();
        var shown = lists.Count > 0 ? new Recommendations(users, lists.Max(m => m.Cutoff), model.ItemCount) : null;
        ScoredUsers.ForEach(model, users, () =>
        {
            var counter = new RankCounter();
            return (n, scores) =>
            {
                var known = seen[users[n]];
                foreach (var item in known) scores[item] = float.NegativeInfinity;
                var candidates = scores.Length - known.Length;
                var ranks = counter.Ranks(scores, relevant[users[n]], candidates);
                for (var m = 0; m < values.Length; m++) values[m][n] = metrics[m].Score(ranks, candidates);
                shown?.Fill(n, scores);
            };
        }, progress, cancel);

        return new RankingResult("full ranking", users, metrics, values, lists, shown)
        {
            SkippedUsers = test.UserCount - users.Length,
            SeenTestItems = test.Items.Length - relevant.Items.Length,
        };
    }

    /// <summary>The k best items of each given user that the user has not touched in training.</summary>
    /// <exception cref="ArgumentException">k is above the number of items, or the sizes do not fit.</exception>
    public static Recommendations Recommend(
        IRecommender model, ReadOnlySpan<int> users, UserRows seen, int k, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        var all = users.ToArray();
        Check(model, seen, all.Length == 0 ? 0 : all.Max() + 1);
        CheckCutoff("A list", RankingMetrics.Positive(k), model.ItemCount);
        var lists = new Recommendations(all, k, model.ItemCount);
        if (model.Rows() is { } rows) lists.Fill(rows, seen, progress, cancel);
        else ScoredUsers.ForEach(model, all, () => (n, scores) =>
        {
            foreach (var item in seen[all[n]]) scores[item] = float.NegativeInfinity;
            lists.Fill(n, scores);
        }, progress, cancel);
        return lists;
    }

    private static void Check(IRecommender model, UserRows seen, int users)
    {
        if (users > model.UserCount)
            throw new ArgumentException($"There are {users} users to rank for, but the model knows {model.UserCount}: drop users unknown to training.");
        if (users > seen.UserCount)
            throw new ArgumentException($"There are {users} users to rank for, but {seen.UserCount} rows of seen items: give each user a row, if empty.");
        if (seen.ItemBound > model.ItemCount)
            throw new ArgumentException($"Seen item {seen.ItemBound - 1} is unknown to a model of {model.ItemCount} items: use the model's own items.");
    }

    /// <summary>Refuses, before anything is scored, a metric asked for twice and a cutoff above the number of candidates.</summary>
    internal static void CheckMetrics(IReadOnlyList<Metric> metrics, IReadOnlyList<ListMetric> lists, int candidates)
    {
        var names = new HashSet<string>();
        foreach (var (name, cutoff) in metrics.Select(m => (m.Name, m.Cutoff ?? 1)).Concat(lists.Select(m => (m.Name, m.Cutoff))))
        {
            if (!names.Add(name)) throw new ArgumentException($"The metric '{name}' was asked for twice: ask once.", nameof(metrics));
            CheckCutoff(name, cutoff, candidates);
        }
    }

    private static void CheckCutoff(string name, int cutoff, int candidates)
    {
        if (cutoff > candidates)
            throw new ArgumentException($"{name} looks at {cutoff} places, but there are {candidates} items to rank: use a cutoff of at most {candidates}.");
    }
}
