using System.Globalization;
using Bulwark.Attacks.Histories;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Explanation;
using Bulwark.Models;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark recommend</c>: the best items for a user, or for someone with a history.</summary>
internal static class RecommendVerb
{
    private const int MostNamed = 5;
    private const string NotGiven = "\0";
    private static readonly Setting<string> User = new("recommend.user", NotGiven, "Id of a user known to training", Parse.Text, "--user", "-u");
    private static readonly Setting<string> History = new(
        "recommend.history", NotGiven, "Ids of the items that someone new has touched, oldest first, with commas", Parse.Text, "--history");
    private static readonly Setting<int> Count = new("recommend.count", "10", "How many items", Parse.Whole(1), "--count", "-k");

    private static readonly Setting<int> Why = new(
        "recommend.why", "0", "Say why: name so many items of the history that speak most for each recommendation", Parse.Whole(0, 100), "--why");

    private static readonly Setting<bool> BySlope = new(
        "recommend.by", "leave-one-out", "How reasons are found: by leaving items out, or by gradients, which ask why not the first item that is not listed",
        Parse.Word("way", ("leave-one-out", false), ("gradients", true)), "--by");

    public static Verb Verb { get; } = new(
        "recommend", "The best items for a user, or for someone new by what they have touched", [User, History, Count, Why, BySlope, Known.Format], Run)
    {
        Positional = new("run", "Folder of a run", 1, 1),
    };

    private static int Run(Call call)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var (user, history, count) = (settings.Get(User), settings.Get(History), settings.Get(Count));
        if ((user == NotGiven) == (history == NotGiven))
            throw new UsageException("Say for whom: --user ID for a user of the training data, or --history ID,ID,… for someone new.");
        var model = SavedModel.Load(Path.Combine(call.Arguments[0], "model"));
        if (settings.Get(BySlope) && settings.Get(Why) == 0) throw new UsageException("--by says how reasons are found; say with --why how many are named.");
        if (count > model.Items.Count)
            throw new UsageException($"--count {count} is more than the {model.Items.Count} items of the model; use at most {model.Items.Count}.");

        var scores = new float[model.Items.Count];
        var (source, touched) = user != NotGiven ? ForUser(model, user, scores, call.Terminal.Error) : ForHistory(model, history, scores, call.Terminal.Error);
        var ranked = BestItems.Of(scores, touched, count + 1).Items;
        var (why, reasons) = (settings.Get(Why), settings.Get(Why) > 0 ? Reasons(settings, model, touched, ranked, count) : []);
        var rows = ranked.Take(count).Select((item, rank) => (string[])
        [
            $"{rank + 1}", model.Items[item], scores[item].ToString("G6", CultureInfo.InvariantCulture), source,
            .. why > 0 ? [LeaveOneOut.InWords(reasons[rank], old => model.Items[old], why)] : (string[])[],
        ]);
        call.Terminal.Write(new Table(
            ["rank", "item", "score", "source", .. why > 0 ? ["why"] : (string[])[]], [.. rows], [true, false, true, false, .. why > 0 ? [false] : (bool[])[]]),
            settings.Get(Known.Format));
        return ExitCode.Ok;
    }

    /// <summary>The reasons for each listed item: from scores alone, or from slopes beside the last that was ranked, which is not listed.</summary>
    private static IReadOnlyList<Reason>[] Reasons(Resolved settings, SavedModel model, int[] touched, int[] ranked, int count)
    {
        int[] listed = [.. ranked.Take(count)];
        if (!settings.Get(BySlope)) return LeaveOneOut.Of(model.Recommender, touched, listed);
        if (model is not { Model: IHistoryModel formula, At: { } at } || HistoryVictim.Of(formula, at) is not { Slope: not null } slopes)
            throw new UsageException($"{model.Kind} has no slopes by what was touched; leave --by out, or give a run of sasrec or mult-vae.");
        return [.. listed.Select(item => HistoryGradients.Of(slopes, touched, item, ranked[^1]))];
    }

    private static (string Source, int[] Touched) ForUser(SavedModel model, string id, float[] scores, TextWriter error)
    {
        if (!model.Train.Users.TryGet(id, out var user) || model.Seen[user].Length == 0)
        {
            error.WriteLine($"Training knows nothing of user '{id}': these are the most popular items.");
            return (Name(model.Recommender.ScoreHistory([], scores)), []);
        }
        model.Recommender.Score([user], scores);
        return ("known user", model.Train.ByUser.Items(user).ToArray());
    }

    private static (string Source, int[] Touched) ForHistory(SavedModel model, string text, float[] scores, TextWriter error)
    {
        var ids = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var index = new Dictionary<string, int>(model.Items.Select((id, item) => KeyValuePair.Create(id, item)));
        var unknown = ids.Where(id => !index.ContainsKey(id)).ToArray();
        var more = unknown.Length > MostNamed ? $" and {unknown.Length - MostNamed} more" : "";
        if (unknown.Length > 0)
            error.WriteLine($"Training does not know {string.Join(", ", unknown.Take(MostNamed).Select(id => $"'{id}'"))}{more}: left out.");
        int[] history = [.. ids.Where(index.ContainsKey).Select(id => index[id]).Distinct()];
        var source = model.Recommender.ScoreHistory(history, scores);
        return (Name(source), history);
    }

    private static string Name(ScoreSource source) => source == ScoreSource.FoldIn ? "fold-in" : "popularity";
}
