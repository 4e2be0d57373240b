namespace Bulwark.Evaluation;

/// <summary>A setting of the run.</summary>
/// <param name="Key">Its dotted name, for example "model.factors".</param>
/// <param name="Value">Its value as text.</param>
/// <param name="From">Where the value came from: "default", "command line", a file's name, "tuned on validation".</param>
public sealed record ReportSetting(string Key, string Value, string From);
