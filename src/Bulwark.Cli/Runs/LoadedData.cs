using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>The data of a run.</summary>
/// <param name="Dataset">As it came, after the k-core filter.</param>
/// <param name="Shop">The generated shop behind it, if it is one.</param>
internal sealed record LoadedData(Dataset Dataset, Shop? Shop)
{
    /// <summary>The name of the generated shop in place of a path.</summary>
    public const string ShopName = "shop";

    /// <summary>Reads or generates the data that the settings name.</summary>
    /// <exception cref="DataException">They cannot be used.</exception>
    public static LoadedData From(Resolved settings, CancellationToken cancel)
    {
        var path = settings.Get(Known.DataPath);
        var shop = path == ShopName && !Path.Exists(path) ? GeneratedShop.Create(ShopOptions(settings), settings.Get(Known.Seed), cancel) : null;
        var dataset = shop?.Dataset ?? DatasetReader.Open(path, new(settings.Get(Known.DataFormat), settings.Get(Known.DataOnError)), null, cancel);
        var least = settings.Get(Known.MinInteractions);
        if (least <= 1) return new(dataset, shop);
        if (dataset.Test is not null)
            throw new UsageException($"--min-interactions cannot filter {dataset.Name}, which brings its own test part; leave it out or give one file without a split.");
        return new(dataset with { Interactions = KCore.Filter(dataset.Interactions, least) }, null);
    }

    /// <summary>The settings of the generated shop.</summary>
    public static ShopOptions ShopOptions(Resolved settings) => new(
        settings.Get(Known.Shoppers), settings.Get(Known.Products), settings.Get(Known.Events), settings.Get(Known.Categories), settings.Get(Known.Brands),
        settings.Get(Known.Noise), settings.Get(Known.Drift), settings.Get(Known.FraudAccounts), settings.Get(Known.FraudTargets));

    /// <summary>The data in two parts. Several events of one pair count once: rankings learn from pairs.</summary>
    /// <exception cref="DataException">No test rows are left.</exception>
    public Split Split(SplitRule rule, ulong seed)
    {
        if (Dataset.Test is not null && rule.Kind is SplitKind.Auto or SplitKind.Given) return Splits.Given(Dataset);
        var pairs = Dataset.Interactions.DistinctPairs();
        return rule.Kind switch
        {
            SplitKind.Auto => pairs.HasTimes ? Splits.ByTime(pairs, rule.Share) : Splits.ByShare(pairs, rule.Share, new Rng(seed)),
            SplitKind.LeaveLast => Splits.LeaveLastOut(pairs),
            SplitKind.Time => Splits.ByTime(pairs, rule.Share),
            SplitKind.Random => Splits.ByShare(pairs, rule.Share, new Rng(seed)),
            _ => Splits.Given(Dataset),
        };
    }
}
