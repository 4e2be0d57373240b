using System.Globalization;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Data.Writers;
using Bulwark.Generative;
using Bulwark.Generative.Behavior;
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
    private static readonly Setting<string> Out = new("out", "", "File that gets them, as RecBole's .inter", Parse.Text, "--out");

    public static Verb Verb { get; } = new("generate behavior", "Make up users who touch the items that real ones might",
        [
            From, .. Known.Data.Where(setting => setting != Known.DataPath), Count, Known.Ordered, Known.Segment,
            Known.BehaviorEpochs with { Flag = "--epochs" }, Known.Seed1, Known.Threads, Out,
        ], Run);

    private static int Run(Call call)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var path = settings.Get(Out);
        if (!path.EndsWith(".inter", StringComparison.Ordinal)) throw new UsageException("Name the file to write: --out made-up.inter.");
        Threading.Use(settings);
        var (people, rng) = (People(settings, call.Cancel), new Rng(settings.Get(Known.Seed1)).Fork("generate"));
        var (made, games) = ((Interactions?)null, (IReadOnlyList<GameResult>)[]);
        Status.Show(call.Terminal, status => (made, games) = people.Make(settings, settings.Get(Count), rng, status, call.Cancel));
        RecBoleWriter.Write(made!, path, call.Cancel, Mark);
        var quality = BehaviorQuality.Of(people.Real, made!);
        call.Terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: {made!.Count:N0} actions of {made.UserCount:N0} made-up users. Distance (Kolmogorov–Smirnov) of activity {quality.Activity:F3}, " +
            $"of popularity {quality.Popularity:F3}; {quality.Coverage:P0} of the items; {quality.Duplicates:P1} duplicates."));
        foreach (var doubt in games.SelectMany(Augmentation.Doubts)) call.Terminal.Error.WriteLine($"Warning: {doubt}");
        return ExitCode.Ok;
    }

    /// <summary>The users to learn from.</summary>
    /// <exception cref="DataException">There is nothing to learn from.</exception>
    private static MadeUp People(Resolved settings, CancellationToken cancel)
    {
        var path = settings.Get(From);
        var model = Path.Combine(path, "model");
        var ofRun = Directory.Exists(model);
        if (ofRun && settings.Get(Known.Segment) is not null) throw new UsageException("A run does not keep what is known of people; give its data to make a segment.");
        var people = ofRun ? new MadeUp(SavedModel.Load(model).Train) : MadeUp.From(settings, LoadedData.From(settings, cancel).Dataset);
        return people.Real.ItemCount > 1 ? people : throw new DataException(path, null, "has fewer than two items", "give data with something to choose from");
    }
}
