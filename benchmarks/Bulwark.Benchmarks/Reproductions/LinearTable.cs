using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models.Neighbors;
using Bulwark.Tensors;
using static Bulwark.Benchmarks.Reproductions.LinearSetting;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>A part of a data set that models are judged on.</summary>
/// <param name="Name">Test, or validation carved from training.</param>
/// <param name="Train">What to learn from.</param>
/// <param name="Task">What to find.</param>
internal sealed record LinearPart(string Name, Interactions Train, RankingTask Task);

/// <summary>
/// A data set with its protocol, settings, and published figures, one for each metric. Settings were chosen on validation; those of graph filters on
/// Gowalla are the published ones, and its neighbors and ALS, as the graph filters of ML-1M, have not been searched.
/// </summary>
/// <param name="Metrics">What is measured.</param>
/// <param name="Main">The metric that settings were chosen by.</param>
/// <param name="Models">Name, settings and published figures of each model.</param>
/// <param name="Blended">The models of the blend.</param>
/// <param name="Open">The data: validation, for at most so many users, and test.</param>
internal sealed record LinearTable(
    Metric[] Metrics, Metric Main, (string Name, LinearSetting Chosen, double?[] Published)[] Models, string[] Blended,
    Func<Arguments, int, (Lazy<LinearPart> Validation, Lazy<LinearPart> Test)> Open)
{
    public static IReadOnlyDictionary<string, LinearTable> All { get; } = new Dictionary<string, LinearTable>
    {
        ["ncf-linear"] = new(NcfPart.Metrics, NcfPart.Metrics[0],
        [
            ("userknn", Users(new(350, Weighting: Weighting.TfIdf, Asymmetry: 0.15f)), [0.6705, 0.3908]),
            ("itemknn", Items(new(30, Weighting: Weighting.Bm25)), [0.6596, 0.3900]),
            ("p3alpha", Walks(new(316, 0.9352f, 0)), [0.6464, 0.3867]),
            ("rp3beta", Walks(new(553, 0.9329f, 0.6036f)), [0.6715, 0.3991]),
            ("puresvd", Singular(new(49)), [0.6896, 0.4294]),
            ("ease", Linear(new(660)), [0.7096, 0.4495]),
            ("ials", Alternating(new(192)), []),
            ("gf-cf", Filter(new(64)), []),
            ("bspm", Filter(new(64, 0.3f, 1)), []),
        ], ["ials", "ease", "userknn"], Ncf),
        ["gowalla-linear"] = new([RankingMetrics.Recall(20), RankingMetrics.Ndcg(20)], RankingMetrics.Ndcg(20),
        [
            ("gf-cf", Filter(new(256, 0.3f)), [0.1849, 0.1518]),
            ("bspm", Filter(new(448, 0.2f, 2.5f)), [0.1920, 0.1597]),
            ("ials", Alternating(new(128, 12, 0.1f, 0.003f)), []),
            ("itemknn", Items(new(100)), []),
            ("userknn", Users(new(200)), []),
            ("rp3beta", Walks(new(100, 0.7f, 0.4f)), []),
        ], ["bspm", "ials"], Gowalla),
        ["ml-100k-ranking"] = new(
            [RankingMetrics.MeanAveragePrecisionOverRelevant(10), RankingMetrics.Ndcg(10), RankingMetrics.Precision(10), RankingMetrics.Recall(10)],
            RankingMetrics.Ndcg(10),
        [
            ("userknn", Users(new(343, Weighting: Weighting.Bm25, Asymmetry: 0.336f)), []),
            ("itemknn", Items(new(246, 3, Weighting: Weighting.Bm25)), []),
            ("rp3beta", Walks(new(233, 0.462f, 0.517f)), []),
            ("puresvd", Singular(new(22)), []),
            ("ease", Linear(new(478)), []),
            ("ials", Alternating(new(256, 8, 0.0645f, 0.0156f)), []),
            ("gf-cf", Filter(new(53, 0.555f)), []),
            ("bspm", Filter(new(39, 0.104f, 1.31f)), []),
        ], ["ease", "bspm", "ials", "userknn"], Recommenders),
    };

    private static (Lazy<LinearPart>, Lazy<LinearPart>) Ncf(Arguments options, int users)
    {
        var data = DatasetReader.Open(DataFolder.Find(options, "ncf-ml-1m"));
        return (new(() => Of(NcfPart.Validation(data.Interactions))), new(() => Of(NcfPart.Test(data))));

        static LinearPart Of(NcfPart part) => new(part.Name, part.Train, new RankingTask(part.Train, part.Cases));
    }

    private static (Lazy<LinearPart>, Lazy<LinearPart>) Gowalla(Arguments options, int users)
    {
        var data = DatasetReader.Open(DataFolder.Find(options, "gowalla"));
        return (Carved(data.Interactions, users), new(() => new("test", data.Interactions, new RankingTask(data.Interactions, data.Test!))));
    }

    /// <summary>The protocol of Microsoft Recommenders: a random quarter of each user's ratings, whatever they are, is to be found.</summary>
    private static (Lazy<LinearPart>, Lazy<LinearPart>) Recommenders(Arguments options, int users)
    {
        var ratings = DatasetReader.Open(Path.Combine(DataFolder.Find(options, "ml-100k"), "u.data")).Interactions;
        var split = Splits.ByShare(ratings, 0.75, new Rng(NcfPart.Seed));
        return (Carved(split.Train, users), new(() => new("test", split.Train, new RankingTask(split.Train, split.Test))));
    }

    /// <summary>A tenth of each user's training items, held out.</summary>
    private static Lazy<LinearPart> Carved(Interactions all, int users) => new(() =>
    {
        var (train, held) = Splits.Validation(all, Holdout.Share, new Rng(NcfPart.Seed).Fork("carve"));
        var some = held.Select([.. Enumerable.Range(0, held.Count).Where(row => held.User[row] < users)]);
        return new("validation", train, new RankingTask(train, some));
    });
}
