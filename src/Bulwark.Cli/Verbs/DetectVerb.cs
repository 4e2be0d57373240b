using System.Globalization;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Defenses.Detection;
using Bulwark.Evaluation;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark detect</c>: accounts that honest behavior does not explain, and why.</summary>
internal static class DetectVerb
{
    private static readonly Setting<string> Out = new(
        "out", "", "File that gets the weight of every suspect, for --quarantine in training", Parse.Text, "--out");

    public static Verb Verb { get; } = new("detect", "List accounts that look fake, with reasons", [.. SettingsOf.DataOf, Known.Threads, Known.Format, Out], Run)
    {
        Positional = new("data", "Folder or file; the generated shop without one", 0, 1, Known.DataPath),
    };

    private static int Run(Call call)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        Threading.Use(settings);
        var users = LoadedData.From(settings, call.Cancel).Dataset.Interactions;
        var suspects = Screening.Of(users, new(settings.Get(Known.SeedOfData))).Suspects;
        var rows = suspects.Select(suspect => (string[])
            [users.Users[suspect.User], suspect.Weight.ToString("F3", CultureInfo.InvariantCulture), $"this account {string.Join("; ", suspect.Reasons)}"]);
        call.Terminal.Write(new Table(["user_id", "weight", "why"], [.. rows], [false, true, false]), settings.Get(Known.Format));
        if (settings.Get(Out) is { Length: > 0 } path) QuarantineFile.Write(path, suspects, users.Users);
        call.Terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{suspects.Count:N0} of {users.UserCount:N0} accounts are suspect."));
        return ExitCode.Ok;
    }
}
