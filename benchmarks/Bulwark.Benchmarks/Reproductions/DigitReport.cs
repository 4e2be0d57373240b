using Bulwark.Evaluation;
using Bulwark.Evaluation.Charts;
using Bulwark.Evaluation.Html;
using Bulwark.Generative;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>What generators of digits made, as one page: figures over seeds, the first hundred of each model's first seed, and each game by epoch.</summary>
internal sealed class DigitReport(DigitFigures real, string part, string settings)
{
    private readonly List<Run> _runs = [];

    public void Add(string model, ulong seed, DigitFigures figures, Tensor samples, IReadOnlyList<GameEpoch> curve) =>
        _runs.Add(new(model, seed, figures, SampleGrid.Png(samples.Slice(0, 0, 100), 10), curve));

    /// <summary>Writes <c>report.html</c> into the folder, and the pictures beside it.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var run in _runs) File.WriteAllBytes(Path.Combine(folder, $"mnist-{run.Model}-{run.Seed}.png"), run.Grid);
        using var page = File.CreateText(Path.Combine(folder, "report.html"));
        HtmlReport.Write(Report(), null, page);
    }

    private Report Report() => new()
    {
        Title = "Digits made by generators, MNIST",
        Rows = [.. _runs.GroupBy(run => run.Model).SelectMany(Rows)],
        LowerIsBetter = [DigitFigures.DistanceName],
        Summary =
        [
            $"Generators learned from the training digits ({settings}). A classifier of digits, which they do not see, judges what they make.",
            FormattableString.Invariant($"Of real digits it is sure in {100 * real.Sure:F1}%;"),
            FormattableString.Invariant($"the Fréchet distance between two halves of them is {real.Distance:F2} in its features."),
        ],
        Protocol = $"Distances are to half of the {part} digits. At each epoch’s end samples are held against training digits.",
        Seeds = [.. _runs.Select(run => run.Seed).Distinct()],
        Games = [.. _runs.Where(run => run.Curve.Count > 0).Select(run => new ReportGame($"{run.Model}, seed {run.Seed}", run.Curve))],
        Pictures = [.. _runs.DistinctBy(run => run.Model).Select(run => new ReportPicture(run.Model, $"A hundred digits of seed {run.Seed}.", run.Grid))],
    };

    private static IEnumerable<ReportRow> Rows(IEnumerable<Run> runs)
    {
        foreach (var metric in runs.SelectMany(run => run.Figures.All()).GroupBy(figure => figure.Metric))
        {
            var spread = Spread.Of([.. metric.Select(figure => figure.Value)]);
            yield return new(runs.First().Model, ReportRow.Clean, 0, metric.Key, spread.Mean, spread.Count > 1 ? spread.Deviation : null, spread.Count);
        }
    }

    private sealed record Run(string Model, ulong Seed, DigitFigures Figures, byte[] Grid, IReadOnlyList<GameEpoch> Curve);
}
