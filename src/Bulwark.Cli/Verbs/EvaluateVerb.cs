using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Evaluation;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark evaluate</c>: the model of a run on the test part, with all metrics.</summary>
internal static class EvaluateVerb
{
    public static Verb Verb { get; } = new("evaluate", "Judge the model of a run on its test part, with all metrics",
        [.. Known.Data, Known.Split, Known.Quarantine, Known.Model, .. Known.ModelShape, Known.Patience, Known.TopK, Known.Threads, Known.Format], Run)
    {
        Positional = new("run", "Folder of a run", 1, 1),
    };

    private static int Run(Call call)
    {
        var settings = FinishedRun.SettingsOf(call);
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var (model, _, bench) = FinishedRun.Open(call, settings);
        var rows = TrainVerb.Judge(model, bench, call.Cancel).ToList();
        if (!model.Kind.PredictsRatings) rows.AddRange(Lists(model, bench, settings.Get(Known.TopK), call.Cancel));
        var table = new Table(["metric", "value"], [.. ReportTable.Long(rows).Rows.Select(row => (string[])[row[3], row[4]])], [false, true]);
        call.Terminal.Write(table, settings.Get(Known.Format));
        return ExitCode.Ok;
    }

    /// <summary>Metrics of what is shown: coverage, evenness, novelty, and how different the items of a list are.</summary>
    private static IEnumerable<ReportRow> Lists(SavedModel model, Bench bench, int[] cutoffs, CancellationToken cancel)
    {
        var popularity = bench.Split.Train.ItemCounts();
        var distance = ItemDistance.Jaccard(UsersOfItems(model));
        var lists = cutoffs.SelectMany(k => (ListMetric[])
            [ListMetrics.Coverage(k), ListMetrics.Gini(k), ListMetrics.Novelty(k, popularity), ListMetrics.Diversity(k, distance)]).ToArray();
        var result = FullRanking.Evaluate(
            model.Recommender, RankingTask.Rows(bench.Split.Test), model.Seen, [RankingMetrics.ReciprocalRank()], lists, cancel: cancel);
        return lists.Select(metric => new ReportRow(model.Name, "none", 0, metric.Name, result[metric.Name]));
    }

    /// <summary>Who touched each item: items are alike if the same people touched them.</summary>
    private static UserRows UsersOfItems(SavedModel model)
    {
        var users = new List<int>[model.Items.Count];
        for (var item = 0; item < users.Length; item++) users[item] = [];
        for (var user = 0; user < model.Seen.UserCount; user++)
            foreach (var item in model.Seen[user]) users[item].Add(user);
        return UserRows.Of(users);
    }
}
