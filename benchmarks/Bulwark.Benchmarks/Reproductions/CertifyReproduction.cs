using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Defenses.Certificates;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Neighbors;
using Bulwark.Tensors;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// How much of each top-10 list of ML-100K is certified against fake accounts (<see cref="BaggingCertificate"/>): ItemKNN on samples of users, 80% of each user's
/// items for training. <c>--sampled</c> users a model (several with commas), <c>--votes</c> of each, <c>--models</c> in all, <c>--neighbors</c> and
/// <c>--shrinkage</c>, which were chosen with <c>--validate</c>, on a part carved from training: strong shrinkage makes models of few users agree. One line for
/// each number of accounts, the mean certified overlap, and lines for the accuracy of all users' model and of the vote.
/// </summary>
internal static class CertifyReproduction
{
    private const ulong Seed = 1;
    private const int Top = 10;
    private static readonly int[] Fakes = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50];

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var ratings = DatasetReader.Open(Path.Combine(DataFolder.Find(options, "ml-100k"), "u.data")).Interactions;
        var split = Splits.ByShare(ratings.DistinctPairs(), 0.8, new Rng(Seed));
        var validation = options.Has("validate");
        if (validation) split = Splits.ByShare(split.Train, 0.8, new Rng(Seed).Fork("validation"));
        var (train, part) = (split.Train, validation ? "validation" : "test");
        var task = new RankingTask(train, split.Test);
        var neighbors = new NeighborOptions(options.Int("neighbors", 200), options.Float("shrinkage", 100));
        Accuracy(task, ItemKnn.Fit(train, neighbors), "itemknn", $"all users, {neighbors}", part, Stopwatch.GetTimestamp());
        foreach (var sampled in (options.Text("sampled") ?? "100").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            var (start, models) = (Stopwatch.GetTimestamp(), options.Int("models", 2000));
            var certificate = new BaggingCertificate(train.UserCount, sampled, options.Int("votes", 10), Top);
            var votes = Votes(train, certificate, neighbors, models);
            var settings = $"{models} models of {sampled} users, {certificate.Votes} votes each, α {certificate.Alpha}, {neighbors}";
            Accuracy(task, new Voted(votes), "voted itemknn", settings, part, start);
            var overlaps = certificate.Overlaps(votes, models, Fakes);
            foreach (var (n, fakes) in Fakes.Index())
                new Figure("certify", "voted itemknn", settings, Seed, part, $"certified overlap@{Top} against {fakes} accounts",
                    overlaps.Average(overlap => overlap[n]), null, Figure.Since(start)).Print();
        }
        return 0;
    }

    /// <summary>(users) of (items): how many of the models put an item among a user's best.</summary>
    private static int[][] Votes(Interactions train, BaggingCertificate certificate, NeighborOptions neighbors, int models)
    {
        var votes = Enumerable.Range(0, train.UserCount).Select(_ => new int[train.ItemCount]).ToArray();
        var (users, scores, best, values) = (
            Enumerable.Range(0, train.UserCount).ToArray(), new float[train.ItemCount], new int[certificate.Votes], new float[certificate.Votes]);
        for (var model = 0; model < models; model++)
        {
            new Rng(Seed).Fork("sample").Fork(model).Shuffle<int>(users);
            int[] rows = [.. users.Take(certificate.Sampled).SelectMany(user => train.ByUser.Rows(user).ToArray())];
            var trained = ItemKnn.Fit(train.Select(rows), neighbors);
            for (var user = 0; user < votes.Length; user++)
            {
                trained.ScoreHistory(train.ByUser.Items(user), scores);
                foreach (var item in train.ByUser.SortedItems(user)) scores[item] = float.NegativeInfinity;
                var found = TopK.Select(scores, best, values);
                foreach (var item in best.AsSpan(0, found)) votes[user][item]++;
            }
        }
        return votes;
    }

    private static void Accuracy(RankingTask task, IRecommender model, string name, string settings, string part, long start)
    {
        foreach (var (metric, value) in Judged()) new Figure("certify", name, settings, Seed, part, metric, value, null, Figure.Since(start)).Print();

        IEnumerable<(string, double)> Judged()
        {
            var result = task.Judge(model, [RankingMetrics.Precision(Top), RankingMetrics.Recall(Top), RankingMetrics.Ndcg(Top)]);
            foreach (var metric in new[] { "precision@10", "recall@10", "ndcg@10" }) yield return (metric, result[metric]);
        }
    }

    /// <summary>Votes as scores; of equally many, the lower item is ahead, as in the certified list.</summary>
    private sealed class Voted(int[][] votes) : IRecommender
    {
        public int UserCount => votes.Length;

        public int ItemCount => votes[0].Length;

        public void Score(ReadOnlySpan<int> users, Span<float> scores)
        {
            for (var row = 0; row < users.Length; row++)
                for (var item = 0; item < ItemCount; item++) scores[row * ItemCount + item] = votes[users[row]][item] - item * 1e-4f;
        }

        public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores) => throw new NotSupportedException("Votes were counted for known users.");
    }
}
