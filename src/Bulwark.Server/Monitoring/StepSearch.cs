using System.Globalization;
using System.Numerics;
using Bulwark.Data;
using Bulwark.Defenses.Detection;
using MathNet.Numerics;

namespace Bulwark.Server.Monitoring;

/// <summary>Accounts in step.</summary>
/// <param name="Users">By row, the cosine of what each took and what the last of the crowd it is in step with took.</param>
/// <param name="Items">What most of them took.</param>
internal sealed record StepsFound(IReadOnlyDictionary<int, double> Users, int[] Items);

/// <summary>
/// Accounts in step within a span: those of <see cref="Lockstep"/>, where twenty accounts must share five items, and smaller crowds on items in surge, where
/// eight accounts and two items are enough. Two accounts are alike if they share at least two of the items worth a look, and these are at least half of
/// what they took: |both| / √(|u| |v|) ≥ ½. Whoever has at least seven such others, and more than chance gives, is in step, and so are these (as DBSCAN
/// joins what is dense: Ester et al. 1996). By chance an account with |v| items is one of them with P(Bin(|v|, q) ≥ shared), q the share of all pairs that
/// u's items have: where everybody turns to a few items at once, many share them.
/// </summary>
internal static class StepSearch
{
    /// <summary>Fewer accounts are chance.</summary>
    public const int LeastAccounts = 8;

    private const int LeastShared = 2, MostItems = 32;         // a bit each
    private const double Alike = 0.5;

    /// <summary>Whoever is in step.</summary>
    /// <param name="span">The newest windows.</param>
    /// <param name="candidates">Items that may be in surge, the most likely first.</param>
    /// <param name="alpha">How often, of all spans, chance may put somebody in step.</param>
    public static StepsFound In(TrafficSpan span, IReadOnlyList<int> candidates, double alpha)
    {
        var found = OnSurges(span, candidates, alpha);
        foreach (var (user, cosine) in Anywhere(span)) found[user] = Math.Max(cosine, found.GetValueOrDefault(user));
        var common = found.Keys.SelectMany(user => span.ByUser[user]).GroupBy(item => item).Where(item => 2 * item.Count() > found.Count);
        return new(found, [.. common.OrderByDescending(item => item.Count()).ThenBy(item => item.Key).Select(item => item.Key)]);
    }

    private static IEnumerable<(int User, double Cosine)> Anywhere(TrafficSpan span)
    {
        if (span.ByItem.Count < 2) return [];                // no profiles to compare
        var log = new InteractionsBuilder();
        foreach (var (user, items) in span.ByUser)
            foreach (var item in items) log.Add(user.ToString(CultureInfo.InvariantCulture), item.ToString(CultureInfo.InvariantCulture));
        int[] users = [.. span.ByUser.Keys];
        return Lockstep.Find(new Profiles(log.Build())).Index().Where(one => one.Item is not null).Select(one => (users[one.Index], one.Item!.Value.Likeness));
    }

    private static Dictionary<int, double> OnSurges(TrafficSpan span, IReadOnlyList<int> candidates, double alpha)
    {
        var looked = candidates.Take(MostItems).ToArray();
        var accounts = looked.Index().SelectMany(item => span.ByItem[item.Item].Select(pair => (pair.User, Bit: 1u << item.Index)))
            .GroupBy(one => one.User, one => one.Bit)
            .Select(own => new Account(own.Key, span.ByUser[own.Key].Count, own.Aggregate((bits, bit) => bits | bit)))
            .Where(own => own.Shared(own.Items) is var few && few >= LeastShared && few >= Alike * own.Size).OrderBy(own => own.User).ToArray();
        var sizes = span.ByUser.Values.GroupBy(items => items.Count).Select(own => (Size: own.Key, Accounts: own.Count())).ToArray();
        var byChance = new Dictionary<(uint, int), double>();
        var found = new Dictionary<int, double>();
        foreach (var one in accounts)
        {
            var near = accounts.Where(other => other != one).Select(other => (other.User, Cosine: one.LikenessTo(other)))
                .Where(other => other.Cosine >= Alike).OrderByDescending(other => other.Cosine).ToArray();
            if (near.Length < LeastAccounts - 1) continue;
            if (!byChance.TryGetValue((one.Items, one.Size), out var expected)) byChance[(one.Items, one.Size)] = expected = Expected(one);
            if (SpecialFunctions.GammaLowerRegularized(near.Length, expected) > alpha / accounts.Length) continue;      // P(Poisson ≥ near)
            found[one.User] = Math.Max(near[LeastAccounts - 2].Cosine, found.GetValueOrDefault(one.User));
            foreach (var (user, cosine) in near) found[user] = Math.Max(cosine, found.GetValueOrDefault(user));
        }
        return found;

        double Expected(Account one)
        {
            var share = (double)looked.Index().Where(item => (one.Items >> item.Index & 1) == 1).Sum(item => span.ByItem[item.Item].Count) / span.Pairs;
            return sizes.Sum(own => own.Accounts * Binomial.AtLeast(one.SharedWith(own.Size), own.Size, share));
        }
    }

    /// <summary>An account of the span: how many items it took, and which of those looked at, a bit each.</summary>
    private sealed record Account(int User, int Size, uint Items)
    {
        public int Shared(uint items) => BitOperations.PopCount(Items & items);

        /// <summary>How many items an account of some size must share to be alike.</summary>
        public int SharedWith(int size) => Math.Max(LeastShared, (int)Math.Ceiling(Alike * Math.Sqrt((double)Size * size)));

        public double LikenessTo(Account other) => Shared(other.Items) is var both && both < LeastShared ? 0 : both / Math.Sqrt((double)Size * other.Size);
    }
}
