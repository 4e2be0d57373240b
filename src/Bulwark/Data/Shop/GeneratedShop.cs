using Bulwark.Tensors;

namespace Bulwark.Data;

/// <summary>
/// A made-up shop whose truth is known. Products lie around category centers in a space of tastes, pulled by their brand; popularity is Zipf's.
/// Shoppers' tastes drift through half a year. The odds of a visit are exp(w taste · product − sensitivity · price + popularity + brand), without
/// return visits; some visits are noise; liking decides which visits lead to a cart, a purchase, and a rating from 1 to 5.
/// </summary>
public static class GeneratedShop
{
    /// <summary>A shop that depends on the options and the seed alone. A ring changes nothing for the honest shoppers of the same seed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option makes no sense; the message says which.</exception>
    public static Shop Create(ShopOptions options, ulong seed, CancellationToken cancellation = default)
    {
        Check(options);
        var rng = new Rng(seed);
        var catalog = new Catalog(options, rng.Fork("products"));
        var clientele = new Clientele(options, rng.Fork("shoppers"));
        var oracle = new Oracle(catalog, clientele, ShopperLife.Months);
        var log = new EventLog();
        var life = new ShopperLife(options, catalog, oracle, log);
        var lives = rng.Fork("lives");
        for (var shopper = 0; shopper < clientele.Honest; shopper++)
        {
            cancellation.ThrowIfCancellationRequested();
            life.Live(shopper, lives.Fork(shopper));
        }
        var targets = FraudRing.Plant(options, catalog, clientele, log, rng.Fork("ring"));
        var media = MediaStudio.Record(catalog, options.Categories, rng.Fork("media"));
        var dataset = new Dataset(
            "shop", log.ToInteractions(clientele.Ids, catalog.Ids), catalog.Table, clientele.Table, null, null, $"generated shop, seed {seed}",
            ReadReport.Empty)
        {
            Pictures = media.PicturesOfAll(),
        };
        return new(dataset, oracle, [.. Enumerable.Range(0, clientele.Count).Select(account => account >= clientele.Honest)], targets, media);
    }

    private static void Check(ShopOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Shoppers, 1, nameof(options.Shoppers));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Products, 2, nameof(options.Products));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Categories, 1, nameof(options.Categories));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Brands, 1, nameof(options.Brands));
        ArgumentOutOfRangeException.ThrowIfNegative(options.FraudAccounts, nameof(options.FraudAccounts));
        ArgumentOutOfRangeException.ThrowIfNegative(options.FraudTargets, nameof(options.FraudTargets));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FraudDays, 1, nameof(options.FraudDays));
        if (options.FraudDay is { } day && (day < 0 || day > ShopperLife.Days - options.FraudDays))
            throw Outside(nameof(options.FraudDay), day, $"between 0 and {ShopperLife.Days - options.FraudDays}");
        if (!(options.TasteShift is >= 0 and <= 10)) throw Outside(nameof(options.TasteShift), options.TasteShift, "between 0 and 10");
        if (!(options.EventsPerShopper >= 1)) throw Outside(nameof(options.EventsPerShopper), options.EventsPerShopper, "at least 1");
        if (!(options.Noise is >= 0 and <= 1)) throw Outside(nameof(options.Noise), options.Noise, "between 0 and 1");
        if (!(options.DriftPerMonth is >= 0 and <= 10)) throw Outside(nameof(options.DriftPerMonth), options.DriftPerMonth, "between 0 and 10");
    }

    private static ArgumentOutOfRangeException Outside(string name, double value, string range) => new(name, value, $"{name} must be {range}.");
}
