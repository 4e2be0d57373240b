using Bulwark.Cli.Models;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>The data of a run.</summary>
/// <param name="Dataset">As it came, after the k-core filter.</param>
/// <param name="Shop">The generated shop behind it, if it is one.</param>
/// <param name="Source">The path they came from.</param>
internal sealed record LoadedData(Dataset Dataset, Shop? Shop, string Source)
{
    /// <summary>The name of the generated shop in place of a path.</summary>
    public const string ShopName = "shop";

    /// <summary>What is known of items and users.</summary>
    public Facts Facts { get; init; } = new(Dataset.Items, Dataset.Users) { Pictures = Dataset.Pictures };

    /// <summary>The same data, where every item that something is known of is there, touched or not.</summary>
    public LoadedData WithWholeCatalog()
    {
        if (Dataset.Items is not { } table) return this;
        var items = Dataset.Interactions.Items.Copy();
        foreach (var id in table.Ids.Ids) items.GetOrAdd(id);
        return items.Count == Dataset.Interactions.ItemCount ? this
            : this with { Dataset = Dataset with { Interactions = Dataset.Interactions.Knowing(items), Test = Dataset.Test?.Knowing(items) } };
    }

    /// <summary>Reads or generates the data that the settings name.</summary>
    /// <exception cref="DataException">They cannot be used.</exception>
    public static LoadedData From(Resolved settings, CancellationToken cancel)
    {
        var path = settings.Get(Known.DataPath);
        var shop = path == ShopName && !Path.Exists(path) ? GeneratedShop.Create(ShopOptions(settings), settings.Get(Known.DataSeed), cancel) : null;
        var dataset = shop?.Dataset ?? DatasetReader.Open(
            path, new(settings.Get(Known.DataFormat), settings.Get(Known.DataOnError)) { Context = EventFacts.Columns(settings) }, null, cancel);
        dataset = Named(path, () => dataset with { Interactions = EventFacts.Told(dataset.Interactions, settings) });
        var least = settings.Get(Known.MinInteractions);
        var facts = new Facts(dataset.Items, dataset.Users) { Cancel = cancel, Pictures = dataset.Pictures, Contexts = EventFacts.Of(dataset.Interactions) };
        if (least <= 1) return new(dataset, shop, path) { Facts = facts };
        if (dataset.Test is not null)
            throw new UsageException(
                $"--min-interactions cannot filter {dataset.Name}, which brings its own test part; leave it out or give one file without a split.");
        return new(dataset with { Interactions = Named(path, () => KCore.Filter(dataset.Interactions, least)) }, null, path) { Facts = facts };
    }

    /// <summary>The settings of the generated shop.</summary>
    public static ShopOptions ShopOptions(Resolved settings) => new(
        settings.Get(Known.Shoppers), settings.Get(Known.Products), settings.Get(Known.Events), settings.Get(Known.Categories), settings.Get(Known.Brands),
        settings.Get(Known.Noise), settings.Get(Known.Drift), settings.Get(Known.FraudAccounts), settings.Get(Known.FraudTargets));

    /// <summary>The data in two parts. Several events of one pair count once: rankings learn from pairs, ratings from the latest.</summary>
    /// <exception cref="DataException">No test rows are left, or ratings are asked for and there are none.</exception>
    public Split Split(SplitRule rule, ulong seed, bool ratings = false)
    {
        if (ratings && !Dataset.Interactions.HasValues)
            throw new DataException(Source, null, "there are no ratings", "choose a model of interactions, such as bpr");
        if (Dataset.Test is not null && rule.Kind is SplitKind.Auto or SplitKind.Given) return Named(Source, () => Splits.Given(Dataset));
        var pairs = (ratings ? Dataset.Interactions.OfKind(EventKind.Rate) : Dataset.Interactions).DistinctPairs();
        return Named(Source, () => rule.Kind switch
        {
            SplitKind.Auto => pairs.HasTimes ? Splits.ByTime(pairs, rule.Share, rule.NewItems) : Splits.ByShare(pairs, rule.Share, new Rng(seed)),
            SplitKind.LeaveLast => Splits.LeaveLastOut(pairs),
            SplitKind.Time => Splits.ByTime(pairs, rule.Share, rule.NewItems),
            SplitKind.Random => Splits.ByShare(pairs, rule.Share, new Rng(seed)),
            _ => Splits.Given(Dataset),
        });
    }

    /// <summary>Complaints about "the interactions" name the file.</summary>
    public static T Named<T>(string source, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DataException complaint)
        {
            throw new DataException(source, complaint.Line, complaint.Problem, complaint.Remedy);
        }
    }
}
