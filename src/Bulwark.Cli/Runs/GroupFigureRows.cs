using Bulwark.Evaluation;
using Bulwark.Evaluation.Fairness;

namespace Bulwark.Cli.Runs;

/// <summary>What <c>bulwark evaluate --groups</c> shows: what recommendations are worth to groups of users, and how items share in them.</summary>
internal static class GroupFigureRows
{
    private const string Activity = "activity";

    /// <summary>A line for each group and figure, and one for each gap.</summary>
    public static IReadOnlyList<ReportGroup> Of(SavedModel model, Bench bench, string by, int k, CancellationToken cancel)
    {
        if (model.Kind.PredictsRatings) throw new UsageException($"{model.Kind} predicts ratings and gives no lists to compare groups by; choose a run of rankings.");
        var (ranking, test, users) = (model.Recommender, RankingTask.Rows(bench.Split.Test), Users(model, bench, by));
        var items = Grouping.ByPopularity(bench.Split.Train.ItemCounts());
        Metric[] metrics = [RankingMetrics.Recall(k), RankingMetrics.Ndcg(k), RankingMetrics.HitRate(k)];
        var result = FullRanking.Evaluate(ranking, test, model.Seen, metrics, cancel: cancel);
        var lists = FullRanking.Recommend(ranking, [.. result.Users], model.Seen, k, cancel: cancel);
        return
        [
            .. metrics.SelectMany(metric => Rows($"users by {users.By}", metric.Name, GroupFigures.OfUsers(result, metric.Name, users))),
            .. Rows($"items by {items.By}", $"found@{k}", GroupFigures.OfItems(lists, test, items)),
            .. Rows($"items by {items.By}", $"exposure@{k}", GroupFigures.Exposure(lists, items)),
        ];
    }

    /// <summary>Users by activity or by what the data know of them.</summary>
    /// <exception cref="UsageException">There is no such column, or it makes no groups.</exception>
    public static Grouping Users(SavedModel model, Bench bench, string by)
    {
        if (by == Activity) return Grouping.ByActivity(model.Seen);
        var table = bench.Data.Dataset.Users?.Align(bench.Split.Train.Users);
        string[] names = [Activity, .. table?.Columns.Select(column => column.Name) ?? []];
        if (table?.Find(by) is not { } column) throw new UsageException(Suggest.Unknown("group of users", by, names));
        try
        {
            return Grouping.ByAttribute(column);
        }
        catch (ArgumentException refusal)
        {
            throw new UsageException(refusal.Message);
        }
    }

    private static IEnumerable<ReportGroup> Rows(string by, string metric, IReadOnlyList<GroupFigure> figures)
    {
        GroupFigure[] known = [.. figures.Where(figure => figure.Count > 0)];
        foreach (var figure in known) yield return new(by, figure.Group, figure.Count, metric, figure.Value);
        yield return new(by, "gap", known.Sum(figure => figure.Count), metric, GroupFigures.Gap(known));
    }
}
