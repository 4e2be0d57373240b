using System.Globalization;
using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Evaluation;
using Bulwark.Models.Reranking;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark evaluate</c>: the model of a run on the test part, with all metrics.</summary>
internal static class EvaluateVerb
{
    public static Verb Verb { get; } = new("evaluate", "Judge the model of a run on its test part, with all metrics; or re-ranked for a second goal",
        [
            .. SettingsOf.Data, Known.Split, Known.Quarantine, Known.Model, .. SettingsOf.ModelShape,
            Known.Patience, Known.TopK, Known.Groups, Known.Rerank, Known.RerankWeights,
            Known.RerankColumn, Known.Threads, Known.Format, Known.Out, Known.Resume with { Flag = null },
        ], Run)
    {
        Positional = new("run", "Folder of a run", 1, 1),
    };

    private static int Run(Call call)
    {
        var settings = FinishedRun.SettingsOf(call);
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var (model, _, bench) = FinishedRun.Open(call, settings);
        if (settings.Get(Known.Rerank) is { } rerank) return Sweep(call, settings, model, bench, rerank);
        if (settings.Get(Known.Groups) is { Length: > 0 } by)
        {
            call.Terminal.Write(ReportGroup.Table(GroupFigureRows.Of(model, bench, by, settings.Get(Known.TopK)[0], call.Cancel)), settings.Get(Known.Format));
            return ExitCode.Ok;
        }
        var rows = TrainVerb.Judge(model, bench, call.Cancel).Rows.ToList();
        if (!model.Kind.PredictsRatings) rows.AddRange(Lists(model, bench, settings.Get(Known.TopK), call.Cancel));
        var table = new Table(["metric", "value"], [.. ReportTable.Long(rows).Rows.Select(row => (string[])[row[3], row[4]])], [false, true]);
        call.Terminal.Write(table, settings.Get(Known.Format));
        return ExitCode.Ok;
    }

    /// <summary>The lists at each weight of the second goal, and the front that no other weight beats, as a run of its own.</summary>
    private static int Sweep(Call call, Resolved settings, SavedModel model, Bench bench, RerankKind rerank)
    {
        if (model.Kind.PredictsRatings) throw new UsageException($"{model.Kind} predicts ratings and gives no lists to re-rank; choose a run of rankings.");
        var (k, compose, column) = (settings.Get(Known.TopK)[0], new Compose(settings, bench), settings.Get(Known.RerankColumn));
        var distance = ItemDistance.ByUsers(model.Seen, model.Items.Count);
        var at = rerank.Of(new(model, bench, column, distance));
        Report? report = null;
        var folder = RunFolder.Use(settings, Verb.Name, bench.Data.Dataset.Name, $"{model.Name}-{rerank}", bench.Profile.Hash, folder =>
        {
            var offs = TradeOff.Sweep(
                weight => new Reranked(model.Recommender, model.Train.ByUser, at(weight), k), settings.Get(Known.RerankWeights),
                RankingTask.Rows(bench.Split.Test), model.Seen, [RankingMetrics.Ndcg(k), RankingMetrics.Recall(k)],
                ListMetrics.Goals(k, bench.Split.Train.ItemCounts(), distance), call.Cancel);
            report = compose.Of(
                $"{bench.Data.Dataset.Name}: {model.Name} re-ranked",
                [$"The lists of {model.Name}, trained in {call.Arguments[0]}, were re-ranked ({rerank}) at each weight. Choose a weight on validation data."],
                [
                    .. offs.SelectMany(off => off.Result.Means.Select(mean =>
                        new ReportRow(string.Create(CultureInfo.InvariantCulture, $"{model.Name}, {rerank} {off.Lambda}"), "none", 0, mean.Key, mean.Value))),
                ], []) with
            {
                TradeOffs = [.. offs.Select(off => new ReportTradeOff(
                    string.Create(CultureInfo.InvariantCulture, $"{rerank} {off.Lambda}"), off.OnFront, [.. off.Result.Means.Select(mean => new ReportGoal(mean.Key, mean.Value))]))],
            };
            RunFiles.Write(folder, bench, report);
        });
        call.Terminal.Write(ReportTradeOff.Table(report!.TradeOffs), settings.Get(Known.Format));
        call.Terminal.Error.WriteLine($"Run folder: {folder}");
        return ExitCode.Ok;
    }

    /// <summary>F1 and MRR at each cutoff, and metrics of what is shown: coverage, evenness, novelty, and how different the items of a list are.</summary>
    private static IEnumerable<ReportRow> Lists(SavedModel model, Bench bench, int[] cutoffs, CancellationToken cancel)
    {
        var popularity = bench.Split.Train.ItemCounts();
        var distance = ItemDistance.ByUsers(model.Seen, model.Items.Count);
        var lists = cutoffs.SelectMany(k => (ListMetric[])
            [ListMetrics.Coverage(k), ListMetrics.Gini(k), ListMetrics.Novelty(k, popularity), ListMetrics.Diversity(k, distance)]).ToArray();
        var result = FullRanking.Evaluate(
            model.Recommender, RankingTask.Rows(bench.Split.Test), model.Seen,
            [.. cutoffs.Select(RankingMetrics.F1), .. cutoffs.Select(RankingMetrics.ReciprocalRank)], lists, cancel: cancel);
        return result.Means.Select(mean => new ReportRow(model.Name, "none", 0, mean.Key, mean.Value));
    }
}
