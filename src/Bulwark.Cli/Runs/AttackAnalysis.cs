using Bulwark.Cli.Settings;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Explanation;
using Bulwark.Evaluation.Fairness;
using Bulwark.Evaluation.Robustness;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>
/// What <c>bulwark attack</c> looks at where no attack was chosen: of the strongest of the usual attacks the score shift, the hits lost, the ε that halves
/// the main metric, and who pays. Of a model without a loss to climb: what fake accounts do.
/// </summary>
internal static class AttackAnalysis
{
    private const string Shift = "prediction shift", Success = "attack success";
    private const int Pushed = 3, Explained = 20, Reasons = 2;

    /// <summary>The figures of which less is better.</summary>
    public static IReadOnlyList<string> LowerIsBetter { get; } = [Shift, Success];

    /// <summary>Whether nobody chose an attack; a run of a hardening names the usual ones in its configuration.</summary>
    public static bool Wanted(Resolved settings)
    {
        var (value, from) = settings.Origin(Known.Attacks);
        return value == settings.Get(Known.Model).Defaults.GetValueOrDefault(Known.Attacks.Key, Known.Attacks.Default) && !from.StartsWith("--", StringComparison.Ordinal);
    }

    /// <summary>Bandwagon profiles for three targets from the middle of the popularity ranking, for who named none.</summary>
    public static Resolved ByFakeAccounts(Resolved settings, Bench bench)
    {
        var counts = bench.Split.Train.ItemCounts();
        int[] touched = [.. Enumerable.Range(0, counts.Length).Where(item => counts[item] > 0).OrderByDescending(item => counts[item])];
        var targets = touched.Skip((touched.Length - Pushed) / 2).Select(item => bench.Split.Train.Items[item]).Where(id => !id.Contains(',')).Take(Pushed);
        return settings.With(new("robustness analysis", new Dictionary<string, string>
        {
            [Known.Poison.Key] = "bandwagon",
            [Known.Targets.Key] = string.Join(',', targets),
        }));
    }

    /// <summary>The groups of users who are compared: by activity, or by what the data know of them.</summary>
    /// <exception cref="UsageException">There is no such column, or it makes no groups.</exception>
    public static Grouping Users(SavedModel model, Bench bench, Resolved settings) =>
        settings.Get(Known.Groups) is { Length: > 0 } by ? GroupFigureRows.Users(model, bench, by) : Grouping.ByActivity(model.Seen);

    /// <summary>The report with what the analysis adds, for the first seed.</summary>
    public static Report Add(
        Report report, Contender contender, SavedModel model, Bench bench, IReadOnlyList<StudyAttack> attacks, ulong seed, Resolved settings,
        CancellationToken cancel)
    {
        var (metric, seen, test) = (bench.Metrics[0], model.Seen, RankingTask.Rows(bench.Split.Test));
        var lost = report.Rows.Where(row => row.Metric == metric.Name && row.Attack != "none").GroupBy(row => row.Attack);
        var name = lost.MinBy(rows => rows.Average(row => row.Value))!.Key;
        var strongest = attacks.First(attack => attack.Name == name);
        var (clean, users) = (At(contender.At), Users(model, bench, settings));
        var found = strongest.Epsilons.Select(epsilon =>
            (Epsilon: epsilon, Analysis: RobustnessAnalysis.Of(clean, Attacked(epsilon), test, seen, metric, users, cancel: cancel))).ToArray();
        var (middle, analysis) = found[(found.Length - 1) / 2];
        var value = report.Rows.First(row => row.Metric == metric.Name && row.Attack == "none").Value;
        var half = RobustnessAnalysis.HalvingEpsilon(
            epsilon => bench.Task.Judge(Attacked(epsilon), [metric], cancel)[metric.Name], value, strongest.Epsilons.Min());
        var unit = strongest.Relative ? " of the row norm" : "";
        return report with
        {
            Rows =
            [
                .. report.Rows, .. found.Select(cell => Row(Shift, cell.Epsilon, cell.Analysis.PredictionShift)),
                .. found.Select(cell => Row(Success, cell.Epsilon, cell.Analysis.Success)),
            ],
            LowerIsBetter = [.. report.LowerIsBetter, .. LowerIsBetter],
            Groups = Groups(analysis, metric, model, users.By),
            Summary =
            [
                .. report.Summary,
                half is { } epsilon
                    ? Invariant($"{name} halves {metric.Name} at an ε of {epsilon:G3}{unit}, found by doubling and then halving an interval (seed {seed}).")
                    : Invariant($"{name} does not halve {metric.Name} even at an ε of {strongest.Epsilons.Min() * 16:G3}{unit} (seed {seed})."),
                Invariant($"Under {name} at ε {middle}{unit}, scores shift by {analysis.PredictionShift:F2} of their deviations, and ")
                    + Invariant($"{analysis.Success:P0} of the users with a hit lose all hits."),
                .. Explanations(middle),
            ],
        };

        IEnumerable<string> Explanations(float epsilon)
        {
            var histories = Enumerable.Range(0, model.Train.UserCount).Select(user => model.Train.ByUser.Items(user).ToArray())
                .Where(items => items.Length > Reasons);
            if (ExplanationStability.Mean(clean, Attacked(epsilon), histories.Take(Explained), Reasons) is not { } stability) yield break;
            yield return Invariant($"Of the {Reasons} strongest reasons for a first recommendation {stability.TopOverlap:P0} stay, and all reasons keep ")
                + Invariant($"their order with a rank correlation of {stability.RankCorrelation:F2}.");
        }

        PointRecommender At(Point at) => new(contender.Model, at, bench.Task.Popularity);

        PointRecommender Attacked(float epsilon) => At(Study.Moved(contender, strongest, epsilon, seed));

        ReportRow Row(string figure, float epsilon, double number) =>
            new(contender.Name, name, ReportRow.AsWritten(epsilon), figure, number);
    }

    private static ReportGroup[] Groups(RobustnessAnalysis analysis, Metric metric, SavedModel model, string by)
    {
        var found = $"found@{metric.Cutoff}";
        return
        [
            .. analysis.ByUsers.Select(group => new ReportGroup($"users by {by}", group.Group, group.Count, metric.Name, group.Clean, group.Attacked)),
            Gap($"users by {by}", metric.Name, analysis.ByUsers),
            .. analysis.ByItems.Select(group => new ReportGroup("items by popularity", group.Group, group.Count, found, group.Clean, group.Attacked)),
            Gap("items by popularity", found, analysis.ByItems),
            .. analysis.Users.Select(user => new ReportGroup("users who lose most", model.Users[user.Index], 1, metric.Name, user.Clean, user.Attacked)),
            .. analysis.Items.Select(item => new ReportGroup("items that lose most", model.Items[item.Index], 1, $"finders of {found}", item.Clean, item.Attacked)),
        ];
    }

    /// <summary>Between the best-served group and the worst, clean and attacked.</summary>
    private static ReportGroup Gap(string by, string metric, IReadOnlyList<GroupLoss> groups)
    {
        GroupLoss[] known = [.. groups.Where(group => group.Count > 0)];
        return new(by, "gap", known.Sum(group => group.Count), metric, Between(group => group.Clean), Between(group => group.Attacked));

        double Between(Func<GroupLoss, double> figure) => known.Length == 0 ? 0 : known.Max(figure) - known.Min(figure);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
