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
        var (now, before, activity) = Deal(users, size, places.Count);
        var divergence = JensenShannon.Divergence(now, before);
        int[] items = [.. places.Keys];                      // in the order in which they came: places are indices
        var rest = before.Sum();
        double[] gains = [.. now.Zip(before, (x, y) => (double)x / size - (double)y / rest)];
        int[] moved = [.. Enumerable.Range(0, items.Length).OrderByDescending(place => gains[place]).Take(MostMoved).Select(place => items[place])];

        var (order, divergences, activities) = (users.ToArray(), new double[Deals], new double[Deals]);
        for (var deal = 0; deal < Deals; deal++)
        {
            rng.Shuffle<int[]>(order);
            (now, before, activities[deal]) = Deal(order, size, places.Count);
            divergences[deal] = JensenShannon.Divergence(now, before);
        }
        return new(divergence, Noise.Of(divergences), activity, Noise.Of(activities), moved);
    }

    /// <summary>Users are dealt to the one side until it has as many pairs as the window, the others, at least one, to the other.</summary>
    private static (int[] Now, int[] Before, double Activity) Deal(IReadOnlyList<int[]> users, int size, int items)
    {
        var (now, before, first, dealt) = (new int[items], new int[items], 0, 0);
        for (; first < users.Count - 1 && dealt < size; first++) dealt += users[first].Length;
        double[] taken = [.. users.Select(user => (double)user.Length)];
        foreach (var (n, user) in users.Index())
            foreach (var place in user) (n < first ? now : before)[place]++;
        return (now, before, KolmogorovSmirnov.Distance(taken[..first], taken[first..]));
    }
}
