using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// The generated shop, split by time: what share of its clean figure each model loses under attack, at radii relative to its own row norms,
/// and paired tests over seeds. Settings were chosen by <c>--validate</c>, the last fifth of the training part.
/// </summary>
internal static class ShopReproduction
{
    private const int Cutoff = 10;
    private static readonly float[] Radii = [0.25f, 0.5f, 1];
    private static readonly Metric[] Metrics = [RankingMetrics.Recall(Cutoff), RankingMetrics.Ndcg(Cutoff)];

    private static readonly HardeningOptions Settings = new() { Training = new() { Ahead = Team.Threads > 1 } };

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var (seeds, validation) = (options.Int("seeds", 5), options.Has("validate"));
        var start = Stopwatch.GetTimestamp();
        var shop = GeneratedShop.Create(new ShopOptions(), 1);
        var split = Splits.ByTime(shop.Dataset.Interactions.DistinctPairs(), 0.8);
        if (validation) split = Splits.ByTime(split.Train, 0.8);
        var task = new RankingTask(split.Train, split.Test);
        var study = new Study(task, StudyAttack.Standard(Radii, relative: true), Metrics);
        var one = 0.0;
        for (var seed = 1; seed <= seeds; seed++)
        {
            var models = Hardening.Run(split.Train, () => new MatrixFactorization(split.Train.UserCount, split.Train.ItemCount, new()), Settings, (ulong)seed);
            foreach (var model in models) study.Add(model.Contender, (ulong)seed);
            if (seed == 1) one = Figure.Since(start);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"generated shop, {(validation ? "validation" : "test")}: {split.Train.Count} training pairs, {split.Test.Count} to find, {seeds} seeds, "
            + $"d 64, batch {Settings.Batch}, {Settings.Training.Rule}, {Settings.Epochs} + {Settings.HardenEpochs} epochs, "
            + $"training ε {Settings.Epsilon} × row norm, λ {Settings.Weight}; {one:F1} s for the first seed, {Figure.Since(start):F1} s in all"));
        foreach (var norm in study.Norms) Console.WriteLine($"mean row norm of {norm.Model}'s {norm.Table}: {norm.MeanRowNorm:F3}");
        foreach (var metric in Metrics)
        {
            PrintClean(metric.Name, shop, task, study);
            PrintAttacked(metric.Name, study);
        }
        return 0;
    }

    /// <summary>Each model's clean figure, and how much of the way from popularity to the oracle that is.</summary>
    private static void PrintClean(string metric, Shop shop, RankingTask task, Study study)
    {
        var floor = task.Judge(task.Popularity, Metrics)[metric];
        var ceiling = task.Judge(new Truth(shop.Oracle), Metrics)[metric];
        Console.WriteLine($"\n{metric}, clean: popularity {floor:F4}, oracle {ceiling:F4}");
        foreach (var row in study.Rows.Where(row => row.Metric == metric && row.Attack == "none"))
        {
            var way = (row.Value - floor) / (ceiling - floor);
            var share = row.Value / ceiling;
            Console.WriteLine($"  {row.Model,-9} {row.Value:F4} ± {row.Std ?? 0:F4}: {share:P0} of the oracle, {way:P0} of the way from popularity");
        }
    }

    private static void PrintAttacked(string metric, Study study)
    {
        var (plain, longer, hardened) = Settings.Names;
        var (tests, testsOfLonger) = (study.Compare(plain, hardened, metric), study.Compare(longer, hardened, metric));
        Console.WriteLine($"{metric} under attack (share lost)");
        Console.WriteLine($"{"",-28}{plain,-18}{longer,-18}{hardened,-18}{plain + " loses more by",-22}{longer + " loses more by"}");
        foreach (var cell in study.Rows.Where(row => row.Metric == metric && row.Attack != "none").GroupBy(row => (row.Attack, row.Epsilon)))
        {
            var models = cell.Select(row => $"{row.Value:F4} ({1 - row.Value / study.Values(row.Model, "none", 0, metric).Average(),5:P0})   ");
            Console.WriteLine($"  {cell.Key.Attack,-7} ε {cell.Key.Epsilon,-4} × row norm {string.Concat(models)}{Test(tests),-22}{Test(testsOfLonger)}");

            string Test(IReadOnlyList<ReportComparison> all) =>
                all.FirstOrDefault(test => test.Attack == cell.Key.Attack && test.Epsilon == cell.Key.Epsilon) is { } test
                    ? $"{test.MeanDifference,6:P1}, p {test.P:G2}" : "";
        }
    }

    /// <summary>The shop's true preferences.</summary>
    private sealed class Truth(Oracle oracle) : IRecommender
    {
        public int UserCount => oracle.UserCount;

        public int ItemCount => oracle.ItemCount;

        public void Score(ReadOnlySpan<int> users, Span<float> scores)
        {
            for (var row = 0; row < users.Length; row++) oracle.Score(users[row], scores.Slice(row * ItemCount, ItemCount));
        }

        public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores) => throw new NotSupportedException("The oracle knows its own shoppers.");
    }
}
