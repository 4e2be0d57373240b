using Bulwark.Attacks.Poisoning;
using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// A log in which a third of the accounts belong to rings and a tenth as many rows as the honest ones are chance, and questions about honest shoppers with
/// clean answers: their visits (or purchases) of later time, and as many products that they never took.
/// </summary>
/// <param name="Log">All events that a detector may see.</param>
/// <param name="Pairs">Who took what: the spoiled training part, one row a pair.</param>
/// <param name="Clean">The same without ring and misclicks.</param>
/// <param name="Honest">Accounts from here on are the ring's.</param>
/// <param name="Users">The shopper of each question.</param>
/// <param name="Items">The product of each question.</param>
/// <param name="Labels">Whether it was taken.</param>
internal sealed record CommerceWorld(Interactions Log, Interactions Pairs, Interactions Clean, int Honest, int[] Users, int[] Items, bool[] Labels)
{
    public static CommerceWorld Shop(ulong seed, Arguments options)
    {
        var fakes = options.Int("accounts", 1000);
        var shop = GeneratedShop.Create(new ShopOptions { FraudAccounts = fakes, FraudTargets = options.Int("targets", 100) }, seed);
        var log = shop.Dataset.Interactions;
        var honest = log.UserCount - fakes;
        var pairs = log.DistinctPairs();
        int[] rows = [.. Enumerable.Range(0, pairs.Count)];
        var split = Splits.ByTime(pairs.Select([.. rows.Where(row => pairs.User[row] < honest)]), 0.8);
        var cutoff = split.Test.Time.ToArray().Min();
        var spoiled = pairs.Select([.. rows.Where(row => pairs.User[row] >= honest || pairs.Time[row] < cutoff)]);
        var visible = log.Select([.. Enumerable.Range(0, log.Count).Where(row => log.User[row] >= honest || log.Time[row] < cutoff)]);
        return Of(visible, spoiled, split.Train, split.Test, honest, new Rng(seed), options);
    }

    /// <summary>
    /// Many sellers who brush: each has a ring of its own that takes the seller's products, of the less bought half, all within the same <c>--days</c> (at any
    /// time with 0), and, whenever real purchases happen, the ten most bought products and 26 at random, to look like customers of old.
    /// </summary>
    public static CommerceWorld Retail(ulong seed, Arguments options)
    {
        var retail = OnlineRetail.Read(Path.Combine(DataFolder.Find(options, "online-retail"), "online_retail.csv.gz"));
        var (lines, test) = OnlineRetail.ByTime(retail.Purchases, 0.8);
        var (clean, rng) = (lines.DistinctPairs(), new Rng(seed));
        var counts = clean.ItemCounts();
        int[] unpopular = [.. Enumerable.Range(0, counts.Length).Where(item => counts[item] > 0).OrderBy(item => counts[item])];
        unpopular = unpopular[..(unpopular.Length / 2)];
        rng.Fork("targets").Shuffle<int>(unpopular);
        var (rings, fakes, targets) = (options.Int("rings", 20), options.Int("accounts", 100), options.Int("targets", 90));
        IPoison attack = ProfileTemplate.Bandwagon(10);
        if (options.Int("days", 14) is > 0 and var days) attack = new Campaign(attack, days);
        var spoiled = clean;
        for (var ring = 0; ring < rings; ring++)
            spoiled = attack.Poison(spoiled, new(fakes, targets + 36, unpopular[(ring * targets)..((ring + 1) * targets)]), rng.Fork("ring").Fork(ring));
        return Of(spoiled, spoiled, clean, test, clean.UserCount, rng, options);
    }

    private static CommerceWorld Of(Interactions log, Interactions pairs, Interactions clean, Interactions test, int honest, Rng rng, Arguments options)
    {
        var misclicks = (int)(clean.Count * options.Float("noise", 0.1f));
        var (builder, draws) = (InteractionsBuilder.From(pairs), rng.Fork("misclicks"));
        for (var n = 0; n < misclicks; n++)
        {
            var row = draws.Next(clean.Count);
            builder.Add(clean.User[row], draws.Next(clean.ItemCount), 1, clean.Time[row]);
        }
        var spoiled = builder.Build().DistinctPairs();
        var (users, items, labels) = Examples(test, spoiled, honest, rng.Fork("questions"));
        return new(log, spoiled, clean, honest, users, items, labels);
    }

    /// <summary>Each row of the first users, and beside it a product that its user has in neither, drawn among all alike.</summary>
    public static (int[] Users, int[] Items, bool[] Labels) Examples(Interactions rows, Interactions train, int users, Rng rng)
    {
        var (user, item, label) = (new List<int>(), new List<int>(), new List<bool>());
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows.User[row] >= users) continue;
            user.Add(rows.User[row]);
            item.Add(rows.Item[row]);
            label.Add(true);
            int other;
            do other = rng.Next(train.ItemCount);
            while (train.ByUser.Contains(rows.User[row], other) || rows.ByUser.Contains(rows.User[row], other));
            user.Add(rows.User[row]);
            item.Add(other);
            label.Add(false);
        }
        return ([.. user], [.. item], [.. label]);
    }
}
