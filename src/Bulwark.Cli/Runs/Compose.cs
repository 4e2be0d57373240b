using System.Diagnostics;
using Bulwark.Attacks;
using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Cli.Runs;

/// <summary>The parts that all reports have.</summary>
/// <param name="settings">Every setting.</param>
/// <param name="protocol">How models are judged, in words.</param>
/// <param name="hash">Of the data.</param>
/// <param name="split">How they were split, in words.</param>
/// <param name="warnings">Reasons to doubt the numbers.</param>
internal sealed class Compose(Resolved settings, string protocol, string hash, string split, IReadOnlyList<string> warnings)
{
    private const int Rivals = 20;                           // items drawn for each that was touched
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly long _clock = Stopwatch.GetTimestamp();

    /// <summary>Of models of interactions.</summary>
    public Compose(Resolved settings, Bench bench) : this(settings, bench.Protocol, bench.Profile.Hash, bench.Split.Protocol, [.. Warnings(bench)]) { }

    /// <summary>A report of these rows.</summary>
    public Report Of(string title, IReadOnlyList<string> summary, IReadOnlyList<ReportRow> rows, IReadOnlyList<ulong> seeds) => new()
    {
        Title = title,
        Summary = summary,
        Rows = rows,
        Seeds = seeds,
        Protocol = protocol,
        DataHash = hash,
        Split = split,
        Settings = Origins(settings),
        Environment = MachineFacts.All,
        Started = _started,
        Elapsed = Stopwatch.GetElapsedTime(_clock),
        Warnings = warnings,
    };

    /// <summary>Every setting and where it came from.</summary>
    public static IReadOnlyList<ReportSetting> Origins(Resolved settings) =>
        [.. from setting in settings.Settings
            where setting.Key != Known.Resume.Key
            let origin = settings.Origin(setting)
            select new ReportSetting(setting.Key, origin.Value, origin.From)];

    /// <summary>The attacks that the settings name, and their control.</summary>
    public static IReadOnlyList<StudyAttack> Attacks(Resolved settings, ModelKind kind, Bench bench)
    {
        var attacks = StudyAttack.WithNoise(
        [
            .. Restarting.Of(settings).SelectMany(attack => attack.OnTables(settings.Get(Known.Epsilons), settings.Get(Known.Relative)).Select(one =>
                attack.OnMargin ? one with { LossOf = (model, rng) => MarginOf(model, bench, rng) } : one)),
        ]);
        var twice = attacks.SelectMany(attack => attack.Epsilons, (attack, epsilon) => (attack.Name, epsilon))
            .CountBy(cell => cell).FirstOrDefault(cell => cell.Value > 1).Key;
        if (twice.Name is not null)
            throw new UsageException($"Two attacks would be called {twice.Name} at ε {twice.epsilon:G3}; leave msap or the other out, or choose another --epsilon.");
        if (!settings.Get(Known.OnFeatures)) return attacks;
        var moved = Moved(settings, kind);
        return [.. attacks.Select(attack => attack.Threat == StudyAttack.Tables ? attack with { Threat = (model, epsilon) => new(new L2Ball(epsilon), moved(model)) }
            : throw new UsageException("msap is a protocol for embedding tables; choose other attacks, or leave --attack-on out."))];
    }

    /// <summary>The margin of what was touched to the best of some drawn items that were not.</summary>
    public static Loss MarginOf(IModel model, Bench bench, Rng rng) => model is IPairModel pairs
        ? Hardening.AttackedLoss(new TripleSource(bench.Train, bench.Train.Count, rng, candidates: Rivals), RankingMargin.Of(pairs))
        : throw new UsageException("apgd-margin compares scores of single items, and this model scores whole lists from histories; choose apgd-10.");

    /// <summary>What attacks and defenses move.</summary>
    /// <exception cref="UsageException">The model has none of it.</exception>
    public static Func<IModel, IReadOnlyList<Variable>> Moved(Resolved settings, ModelKind kind) => !settings.Get(Known.OnFeatures) ? model => model.Tables
        : kind.Features ?? throw new UsageException($"{kind} reads no features of items that could move; choose vbpr, or leave --attack-on out.");

    /// <summary>The same in words.</summary>
    public static string MovedInWords(Resolved settings) => settings.Get(Known.OnFeatures) ? "item features" : "embedding tables";

    /// <summary>How ε is meant, in a sentence.</summary>
    public static string EpsilonInWords(Resolved settings) => settings.Get(Known.Relative)
        ? "Every ε is a share of the mean row norm of the table it moves, so that models of any scale are attacked equally hard."
        : "Every ε is a length; read it beside the row norms.";

    /// <summary>A training curve for the report.</summary>
    public static ReportCurve Curve(string model, IReadOnlyList<EpochRecord> epochs) =>
        new(model, [.. epochs.Select(epoch => new ReportEpoch(epoch.Epoch, epoch.Loss, epoch.Validation))]);

    /// <summary>Shows the results: the main metric, or all rows for programs, and where the run's folder is.</summary>
    public static void Show(Terminal terminal, Report report, OutputFormat format, string? folder)
    {
        var attacked = report.Rows.Any(row => row.Attack != "none");
        if (format != OutputFormat.Table) terminal.Write(ReportTable.Long(report.Rows), format);
        else
        {
            terminal.Out.WriteLine(attacked ? report.Rows[0].Metric : report.Title);
            terminal.Write(attacked ? ReportTable.ByAttack(report.Rows, report.Rows[0].Metric) : Across(ReportTable.ByMetric(report.Rows)), format);
            if (attacked) terminal.Out.WriteLine(ReportVerdict.Of(report).Sentence);
        }
        foreach (var warning in report.Warnings) terminal.Error.WriteLine($"Warning: {warning}");
        if (folder is not null) terminal.Error.WriteLine($"Run folder: {folder}");
    }

    /// <summary>A line for each metric and a column for each model, of a table that has them the other way round behind three columns.</summary>
    private static Table Across(Table table) => new(
        ["metric", .. table.Rows.Select(row => row[0])],
        [.. table.Header.Skip(3).Select((metric, at) => (string[])[metric, .. table.Rows.Select(row => row[at + 3])])],
        [false, .. table.Rows.Select(_ => true)]);

    private static IEnumerable<string> Warnings(Bench bench)
    {
        if (bench.Split.Warning is { } warning) yield return warning;
        if (bench.Profile.Report.Bad is > 0 and var bad) yield return $"{bad:N0} rows could not be used and were left out.";
    }
}
