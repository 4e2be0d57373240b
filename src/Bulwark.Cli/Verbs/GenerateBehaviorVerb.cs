using System.Globalization;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Data.Writers;
using Bulwark.Evaluation;
using Bulwark.Tensors;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark generate behavior</c>: made-up users who behave as real ones do, with a column that says that they are synthetic.</summary>
internal static class GenerateBehaviorVerb
{
    private const string Mark = "synthetic";
    private static readonly Setting<string> From = Known.DataPath with
    {
        Flag = "--from",
        Short = null,
        Help = "Data to learn from, or the folder of a run: what that one was trained on",
    };
    private static readonly Setting<int> Count = new("generate.count", "1000", "How many users to make up", Parse.Whole(1, 10_000_000), "--count");
    private static readonly Setting<string> Out = new("out", "", "File that gets them, as RecBole's .inter; a folder with the report comes beside it", Parse.Text, "--out");

    public static Verb Verb { get; } = new("generate behavior", "Make up users who touch the items that real ones might",
        [
            From, .. SettingsOf.Data.Where(setting => setting != Known.DataPath), Count, Known.Ordered, Known.Segment,
            Known.BehaviorEpochs with { Flag = "--epochs" }, Known.Privacy, Known.PrivacyClip, Known.Seed1, Known.Threads, Known.Format, Out,
        ], Run);

    private static int Run(Call call)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var path = settings.Get(Out);
        if (!path.EndsWith(".inter", StringComparison.Ordinal)) throw new UsageException("Name the file to write: --out made-up.inter.");
        Threading.Use(settings);
        var ((people, data), rng) = (People(settings, call.Cancel), new Rng(settings.Get(Known.Seed1)).Fork("generate"));
        var (name, compose) = (MadeUp.Generator(settings), MadeReport.Begin(settings, data));
        Report? report = null;
        var folder = RunFolder.Beside(path, settings, Verb.Name, name, data.Sha256, folder =>
        {
            Status.Show(call.Terminal, status =>
            {
                var (made, games, spent) = people.Make(settings, settings.Get(Count), rng, status, call.Cancel);
                RecBoleWriter.Write(made, path, call.Cancel, Mark);
                var said = string.Create(CultureInfo.InvariantCulture,
                    $"{path} holds {made.Count:N0} actions of {made.UserCount:N0} made-up users, after {people.Real.Count:N0} of {people.Real.UserCount:N0} real ones.");
                var rows = MadeReport.OfPeople(name, people.Real, made, settings.Get(Known.Ordered), rng.Fork("report"));
                report = compose.Of(settings, $"{Path.GetFileName(path)}: made-up users", said, [.. rows, .. spent], games);
            });
            RunFiles.Write(folder, data, people.Real, report!);
        });
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        return ExitCode.Ok;
    }

    /// <summary>The users to learn from.</summary>
    /// <exception cref="DataException">There is nothing to learn from.</exception>
    private static (MadeUp People, DataFile Data) People(Resolved settings, CancellationToken cancel)
    {
        var path = settings.Get(From);
        var model = Path.Combine(path, "model");
        var ofRun = Directory.Exists(model);
        if (ofRun && settings.Get(Known.Segment) is not null) throw new UsageException("A run does not keep what is known of people; give its data to make a segment.");
        var (people, data) = ofRun ? (new MadeUp(SavedModel.Load(model).Train), RunFiles.ReadData(path)) : Of(LoadedData.From(settings, cancel).Dataset);
        return people.Real.ItemCount > 1 ? (people, data) : throw new DataException(path, null, "has fewer than two items", "give data with something to choose from");

        (MadeUp, DataFile) Of(Dataset dataset) => (MadeUp.From(settings, dataset), RunFiles.Whole(dataset));
    }
}
