using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bulwark.Evaluation;

/// <summary>
/// What a run found and everything needed to judge or repeat it. The order of the rows is the order of the report: the first metric is
/// the main one, and models, attacks and metrics are shown in the order in which they first appear.
/// </summary>
public sealed record Report
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,   // NaN is written as "NaN" and read back
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,                 // Chinese and ε stay readable; the file is never inlined
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>The measured numbers.</summary>
    public IReadOnlyList<ReportRow> Rows { get; init; } = [];

    /// <summary>The report's name.</summary>
    public string Title { get; init; } = "Report";

    /// <summary>What was done, in sentences.</summary>
    public IReadOnlyList<string> Summary { get; init; } = [];

    /// <summary>The undefended model that others are held against; the first model when not given.</summary>
    public string? Baseline { get; init; }

    /// <summary>Metrics of which less is better, such as errors.</summary>
    public IReadOnlyList<string> LowerIsBetter { get; init; } = [];

    /// <summary>How models were judged: candidates, masking, ties, how many users.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>The hash of the data that were read.</summary>
    public string DataHash { get; init; } = "";

    /// <summary>How the data were split.</summary>
    public string Split { get; init; } = "";

    /// <summary>The seeds of the run.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [];

    /// <summary>Every setting and where it came from.</summary>
    public IReadOnlyList<ReportSetting> Settings { get; init; } = [];

    /// <summary>Machine, operating system, runtime, versions.</summary>
    public IReadOnlyList<ReportFact> Environment { get; init; } = [];

    /// <summary>When the run began.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The sizes of what was attacked, to be read next to ε.</summary>
    public IReadOnlyList<ReportNorm> Norms { get; init; } = [];

    /// <summary>Failed checks and other reasons to doubt the numbers, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Loss and validation metric by epoch, by model.</summary>
    public IReadOnlyList<ReportCurve> TrainingCurves { get; init; } = [];

    /// <summary>How scores tell two classes apart, such as likes from the rest.</summary>
    public IReadOnlyList<ReportSeparation> Separations { get; init; } = [];

    /// <summary>Games of a generator and a critic, by epoch.</summary>
    public IReadOnlyList<ReportGame> Games { get; init; } = [];

    /// <summary>Pictures, such as of what generators made.</summary>
    public IReadOnlyList<ReportPicture> Pictures { get; init; } = [];

    /// <summary>How the settings were chosen, where they were tuned.</summary>
    public ReportTuning? Tuning { get; init; }

    /// <summary>Paired tests between models.</summary>
    public IReadOnlyList<ReportComparison> Comparisons { get; init; } = [];

    /// <summary>What recommendations were worth at each weight of another goal.</summary>
    public IReadOnlyList<ReportTradeOff> TradeOffs { get; init; } = [];

    /// <summary>Figures of groups of users and items: who pays for an attack.</summary>
    public IReadOnlyList<ReportGroup> Groups { get; init; } = [];

    /// <summary>The checks of a robustness gate.</summary>
    public IReadOnlyList<ReportCheck> Checks { get; init; } = [];

    /// <summary>The report as the text of results.json.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads what <see cref="ToJson"/> wrote; whatever is missing keeps its default.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">The file it came from, for errors.</param>
    /// <exception cref="InvalidDataException">The text is not JSON, or not a report.</exception>
    public static Report FromJson(string json, string source = "results.json")
    {
        try
        {
            return JsonSerializer.Deserialize<Report>(json, Json)
                ?? throw new InvalidDataException($"{source} holds null, not a report. Run the evaluation again to write it anew.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"{source}, line {(error.LineNumber ?? 0) + 1}: not a report at {error.Path ?? "$"}. Run the evaluation again to write it anew.", error);
        }
    }

    /// <summary>One report of several runs; see <see cref="ReportMerge"/> for what happens to names and numbers that meet.</summary>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    public static Report Merge(IReadOnlyList<Report> reports) => ReportMerge.Of(reports);
}
