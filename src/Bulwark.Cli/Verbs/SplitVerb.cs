using System.Globalization;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Data.Writers;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark data split</c>: training and test part as files.</summary>
internal static class SplitVerb
{
    private static readonly Setting<string> Out = new("out", "split", "New folder for the parts, as RecBole files", Parse.Text, "--out");

    public static Verb Verb { get; } = new("data split", "Write a training and a test part", [.. SettingsOf.DataOf, Known.Split, Out], Run)
    {
        Positional = new("data", "Folder or file; the generated shop without one", 0, 1, Known.DataPath),
    };

    private static int Run(Call call)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var data = LoadedData.From(settings, call.Cancel);
        var split = data.Split(settings.Get(Known.Split), settings.Get(Known.DataSeed));
        var parts = data.Dataset with { Interactions = split.Train, Test = split.Test };
        NewFolder.Write(settings.Get(Out), folder => RecBoleWriter.Write(parts, folder, call.Cancel));
        call.Terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{settings.Get(Out)}: {split.Train.Count:N0} rows for training, {split.Test.Count:N0} for testing ({split.Protocol})."));
        if (split.Warning is { } warning) call.Terminal.Error.WriteLine($"Note: {warning}");
        return ExitCode.Ok;
    }
}
