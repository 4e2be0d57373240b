using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Server.Monitoring;

/// <summary>
/// A window against those before it: the divergence of items' shares, and the Kolmogorov–Smirnov distance of how much users take. Their noise is that of the
/// same users dealt to both sides at random: what one user takes stays together, since tastes and sessions make events dependent.
/// </summary>
/// <param name="Divergence">In bits.</param>
/// <param name="DivergenceNoise">By chance.</param>
/// <param name="Activity">From 0 to 1.</param>
/// <param name="ActivityNoise">By chance.</param>
/// <param name="Moved">The items whose shares grew most, most first.</param>
internal sealed record WindowChange(double Divergence, Noise DivergenceNoise, double Activity, Noise ActivityNoise, int[] Moved)
{
    private const int Deals = 50, MostMoved = 3;

    /// <summary>Of the last of some windows, at least two.</summary>
    public static WindowChange Of(IReadOnlyList<TrafficWindow> windows, Rng rng)
    {
        var places = new Dictionary<int, int>();
        var users = new List<int[]>();                       // what each took, the last window's first
        foreach (var user in windows.Reverse().SelectMany(window => window.Users()))
            users.Add([.. user.Select(pair => places.TryGetValue(pair.Item, out var place) ? place : places[pair.Item] = places.Count)]);
        var size = windows[^1].Pairs.Length;
        var (now, before) = Counts(users, size, places.Count);
        var (divergence, activity) = (JensenShannon.Divergence(now, before), ActivityOf(users, size));
        int[] items = [.. places.Keys];                      // in the order in which they came: places are indices
        var rest = before.Sum();
        double[] gains = [.. now.Zip(before, (x, y) => (double)x / size - (double)y / rest)];
        int[] moved = [.. Enumerable.Range(0, items.Length).OrderByDescending(place => gains[place]).Take(MostMoved).Select(place => items[place])];

        var (order, divergences, activities) = (users.ToArray(), new double[Deals], new double[Deals]);
        for (var deal = 0; deal < Deals; deal++)
        {
            rng.Shuffle<int[]>(order);
            (now, before) = Counts(order, size, places.Count);
            (divergences[deal], activities[deal]) = (JensenShannon.Divergence(now, before), ActivityOf(order, size));
        }
        return new(divergence, Noise.Of(divergences), activity, Noise.Of(activities), moved);
    }

    /// <summary>Users are dealt to the one side until it has as many pairs as the window, the others to the other.</summary>
    private static (int[] Now, int[] Before) Counts(IReadOnlyList<int[]> users, int size, int items)
    {
        var (now, before, dealt) = (new int[items], new int[items], 0);
        foreach (var user in users)
        {
            var side = dealt < size ? now : before;
            foreach (var place in user) side[place]++;
            dealt += user.Length;
        }
        return (now, before);
    }

    private static double ActivityOf(IReadOnlyList<int[]> users, int size)
    {
        var (now, before, dealt) = (new List<double>(), new List<double>(), 0);
        foreach (var user in users)
        {
            (dealt < size ? now : before).Add(user.Length);
            dealt += user.Length;
        }
        return KolmogorovSmirnov.Distance(now, before);
    }
}
