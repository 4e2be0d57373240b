using System.Globalization;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Robustness;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>
/// What <c>bulwark attack</c> looks at on images where no attack was chosen: under the strongest of the usual searches precision, recall, F1 and AUC, the fall of the
/// right class's probability, and the classes that pay.
/// </summary>
internal static class ClassifierReview
{
    private const string Shift = "prediction shift", Success = "success";

    /// <summary>The figures of which less is better.</summary>
    public static IReadOnlyList<string> LowerIsBetter { get; } = [Shift, Success];

    /// <summary>The report with what the review adds, for the first seed.</summary>
    /// <param name="report">Rows of all attacks.</param>
    /// <param name="victim">The classifier.</param>
    /// <param name="attack">The attack that is looked at.</param>
    /// <param name="inputs">The images.</param>
    /// <param name="settings">Every setting.</param>
    public static Report Add(Report report, SavedClassifier victim, InputAttack attack, LabeledInputs inputs, Resolved settings)
    {
        var (epsilons, rng) = (settings.Get(Known.Epsilons), new Rng(settings.Get(Known.Seeds)[0]).Fork(attack.Name));
        var found = epsilons.Select(epsilon => (Epsilon: epsilon, Analysis: ClassifierAnalysis.Of(
            victim.Model, victim.At, inputs, ClassifierStudy.Within(victim.Model, epsilon), attack.Parts[0], rng))).ToArray();
        var (middle, analysis) = found[(found.Length - 1) / 2];
        return report with
        {
            Rows =
            [
                .. report.Rows, .. Rows("none", 0, analysis.Clean),
                .. found.SelectMany(cell => (ReportRow[])
                [
                    .. Rows(attack.Name, cell.Epsilon, cell.Analysis.Attacked), Row(cell.Epsilon, Shift, cell.Analysis.PredictionShift),
                    Row(cell.Epsilon, Success, cell.Analysis.Success),
                ]),
            ],
            LowerIsBetter = [.. report.LowerIsBetter, .. LowerIsBetter],
            Groups = [.. report.Groups, .. Classes(analysis)],
            Summary =
            [
                .. report.Summary, string.Create(CultureInfo.InvariantCulture, $"Under {attack.Name} at ε {middle} the right class's probability falls by ") +
                    string.Create(CultureInfo.InvariantCulture, $"{analysis.PredictionShift:F2}, and {analysis.Success:P0} of what was right is fooled."),
            ],
        };

        IEnumerable<ReportRow> Rows(string name, float epsilon, ClassFigures figures) => ClassFigures.Metrics.Zip(
            figures.Means, (metric, value) => new ReportRow(victim.Name, name, ReportRow.AsWritten(epsilon), metric, value));

        ReportRow Row(float epsilon, string metric, double value) => new(victim.Name, attack.Name, ReportRow.AsWritten(epsilon), metric, value);
    }

    /// <summary>The recall of each class, those that lose most first.</summary>
    private static IEnumerable<ReportGroup> Classes(ClassifierAnalysis analysis) =>
        from one in analysis.Clean.Classes.Index()
        let attacked = analysis.Attacked.Classes[one.Index]
        where one.Item.TruePositives + one.Item.FalseNegatives > 0
        orderby attacked.Recall - one.Item.Recall
        select new ReportGroup(
            "images by class", one.Index.ToString(CultureInfo.InvariantCulture), one.Item.TruePositives + one.Item.FalseNegatives, "recall", one.Item.Recall, attacked.Recall);
}
