using Bulwark.Tensors;

namespace Bulwark.Evaluation.Privacy;

/// <summary>
/// Whether synthetic users are copies of those that the generator learned from: nearest neighbors by Jaccard distance, 1 − |a ∩ b| / |a ∪ b|, in training and
/// in a holdout of as many users whom the generator has not seen.
/// </summary>
/// <param name="Copies">The share of synthetic users that are a training user to the last item.</param>
/// <param name="Distance">The mean distance of a synthetic user to the nearest training user.</param>
/// <param name="HoldoutDistance">The same to the nearest in the holdout.</param>
/// <param name="NearerTraining">The share of synthetic users that are nearer to training than to the holdout, ties half: ½ where nothing was memorized.</param>
/// <param name="Membership">What an attacker gets who calls those members that a synthetic user is near to (Chen et al. 2020).</param>
public sealed record Memorization(double Copies, double Distance, double HoldoutDistance, double NearerTraining, Leakage Membership)
{
    /// <summary>The distance to training as a share of that to the holdout: 1 where nothing was memorized, 0 for copies.</summary>
    public double Ratio => HoldoutDistance > 0 ? Distance / HoldoutDistance : 1;

    /// <summary>Measures it. Users without items count on no side; of the larger of training and holdout only as many are drawn as the smaller has.</summary>
    /// <param name="synthetic">Items of each synthetic user.</param>
    /// <param name="train">Items of each user that the generator learned from, by the same numbers.</param>
    /// <param name="holdout">Items of each user that it did not learn from.</param>
    /// <param name="rng">Draws from the larger.</param>
    /// <exception cref="ArgumentException">One of them has nobody.</exception>
    public static Memorization Of(UserRows synthetic, UserRows train, UserRows holdout, Rng rng)
    {
        int[] made = Active(synthetic), seen = Active(train), unseen = Active(holdout);
        var count = Math.Min(seen.Length, unseen.Length);
        if (made.Length == 0 || count == 0) throw new ArgumentException("Synthetic, training and holdout users are all needed; one of them has nobody with an item.");
        (seen, unseen) = (Drawn(seen, count, rng.Fork("train")), Drawn(unseen, count, rng.Fork("holdout")));
        var (toTrain, toHoldout) = (Nearest(synthetic, made, train, seen), Nearest(synthetic, made, holdout, unseen));
        float[] near = [.. Nearest(train, seen, synthetic, made).Concat(Nearest(holdout, unseen, synthetic, made)).Select(distance => (float)-distance)];
        return new(
            toTrain.Count(distance => distance == 0) / (double)made.Length, toTrain.Average(), toHoldout.Average(),
            toTrain.Zip(toHoldout, (own, other) => own < other ? 1 : own == other ? 0.5 : 0).Average(),
            Leakage.Of(near, [.. Enumerable.Range(0, near.Length).Select(n => n < count)]));
    }

    /// <summary>Of each user with items, the Jaccard distance to the nearest of the others.</summary>
    /// <param name="from">Items of each user.</param>
    /// <param name="to">Items of each of the others, by the same numbers.</param>
    public static double[] Nearest(UserRows from, UserRows to) => Nearest(from, Active(from), to, Active(to));

    private static int[] Active(UserRows rows) => [.. Enumerable.Range(0, rows.UserCount).Where(user => rows[user].Length > 0)];

    private static int[] Drawn(int[] users, int count, Rng rng)
    {
        if (users.Length > count) rng.Shuffle<int>(users);
        return users[..count];
    }

    /// <summary>For each user the distance to the nearest of some others, by the list of who has each item.</summary>
    private static double[] Nearest(UserRows from, int[] users, UserRows to, int[] others)
    {
        var owners = new List<int>[Math.Max(from.ItemBound, to.ItemBound)];
        for (var item = 0; item < owners.Length; item++) owners[item] = [];
        for (var n = 0; n < others.Length; n++)
            foreach (var item in to[others[n]]) owners[item].Add(n);
        var (common, distances) = (new int[others.Length], new double[users.Length]);
        for (var u = 0; u < users.Length; u++)
        {
            Array.Clear(common);
            var own = from[users[u]];
            foreach (var item in own)
                foreach (var n in owners[item]) common[n]++;
            var nearest = 0.0;
            for (var n = 0; n < common.Length; n++)
                nearest = Math.Max(nearest, (double)common[n] / (own.Length + to[others[n]].Length - common[n]));
            distances[u] = 1 - nearest;
        }
        return distances;
    }
}
