using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Data;
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
        var shop = GeneratedShop.Create(new(Shoppers: 30, Products: 30), 1).Dataset;
        var rows = ModelKinds.All.Concat(ClassifierKinds.All).Select(kind => (string[])
        [
            kind.Name, kind.Summary, kind.Paper, kind.Needs, kind.Classifies is not null ? "" : kind.FoldsIn ? "what fits their history" : "what is popular",
            kind.Classifies is not null ? "" : kind.ScoresNewItems ? "is ranked by its features" : "waits for interactions", Settings(kind, shop),
        ]);
        string[] header = ["model", "what it is", "paper", "needs", "someone new gets", "a new item", "settings"];
        call.Terminal.Write(new Table(header, [.. rows], new bool[header.Length]), settings.Get(Known.Format));
        return ExitCode.Ok;
    }

    private static readonly Setting[] Shown = [.. SettingsOf.ModelShape, .. SettingsOf.Training];

    /// <summary>What the model reads when it is made of some data.</summary>
    private static string Settings(ModelKind kind, Dataset shop)
    {
        Setting[] all = [.. Shown.Union(kind.Ensemble?.Settings ?? [])];
        var settings = new Resolved([Known.Threads, Known.DataSeed, .. all], [new("", kind.Defaults)]);
        var train = (kind.PredictsRatings ? shop.Interactions.OfKind(EventKind.Rate) : shop.Interactions).DistinctPairs();
        var reads = kind.Reads(new(settings, train, 0) { Facts = new(shop.Items, shop.Users) { Pictures = shop.Pictures } });
        return string.Join(" ", all.Where(setting => reads.Contains(setting.Key)).Select(setting => $"{setting.Key}={settings.Origin(setting).Value}"));
    }
}
