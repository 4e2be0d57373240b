using Bulwark.Tensors;

namespace Bulwark.Data;

/// <summary>
/// Accounts of one hand: each visits popular products to look like a shopper, and within the same days buys the targets and gives them five
/// stars. The targets come from the less popular half.
/// </summary>
internal static class FraudRing
{
    private const int Fillers = 12;
    private const long Day = 86_400;

    /// <summary>Adds the ring's events; gives its targets, ascending.</summary>
    public static int[] Plant(ShopOptions options, Catalog catalog, Clientele clientele, EventLog log, Rng rng)
    {
        if (options.FraudAccounts == 0) return [];
        var known = Enumerable.Range(0, catalog.Count).OrderByDescending(product => catalog.Bias[product]).ToArray();
        var targets = known[(known.Length / 2)..];
        rng.Fork("targets").Shuffle<int>(targets);
        targets = targets[..Math.Min(options.FraudTargets, targets.Length)];
        Array.Sort(targets);

        var burst = ShopperLife.Start + (options.FraudDay ?? ShopperLife.Days / 2 + rng.Fork("burst").Next(ShopperLife.Days / 3)) * Day;
        var top = known.AsSpan(0, Math.Max(1, known.Length / 5));
        for (var account = clientele.Honest; account < clientele.Count; account++)
        {
            var own = rng.Fork(account);
            own.Shuffle(top);
            foreach (var product in top[..Math.Min(Fillers, top.Length)])
            {
                var time = ShopperLife.Start + (long)(own.NextDouble() * (ShopperLife.Days - 1) * Day);
                log.Add(account, product, EventKind.View, time);
                if (own.Next(3) == 0) log.Add(account, product, EventKind.Rate, time + 3600, ShopperLife.Rating(0.5 * own.NextGaussian()));
            }
            foreach (var target in targets)
            {
                var time = burst + (long)(own.NextDouble() * options.FraudDays * Day);
                log.Add(account, target, EventKind.View, time);
                log.Add(account, target, EventKind.Cart, time + 5);
                log.Add(account, target, EventKind.Buy, time + 20);
                log.Add(account, target, EventKind.Rate, time + 3600, 5);
            }
        }
        return targets;
    }
}
