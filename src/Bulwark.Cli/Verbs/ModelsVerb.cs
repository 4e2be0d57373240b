using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Evaluation;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark models</c>: what can be trained.</summary>
internal static class ModelsVerb
{
    public static Verb Verb { get; } = new("models", "The models that can be trained, with their settings", [Known.Format], Run);

    private static int Run(Call call)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var rows = ModelKinds.All.Select(kind => (string[])
        [
            kind.Name, kind.Summary, kind.Paper, kind.Needs, kind.FoldsIn ? "what fits their history" : "what is popular",
            kind.ScoresNewItems ? "is ranked by its features" : "waits for interactions", Settings(kind),
        ]);
        call.Terminal.Write(new Table(["model", "what it is", "paper", "needs", "someone new gets", "a new item", "settings"], [.. rows], new bool[7]), settings.Get(Known.Format));
        return ExitCode.Ok;
    }

    private static readonly Setting[] Shown = [.. Known.ModelShape, Known.Optimizer, Known.Rate, Known.Batch, Known.Epochs];

    private static string Settings(ModelKind kind)
    {
        var shown = kind.Learning is not null ? Shown : kind.Remembers is not null ? [Known.Neighbors] : kind.Ensemble?.Settings ?? [];
        return string.Join(" ", shown.Select(setting => $"{setting.Key}={kind.Defaults.GetValueOrDefault(setting.Key, setting.Default)}"));
    }
}
