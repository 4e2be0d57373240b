namespace Bulwark.Defenses.Detection;

/// <summary>
/// Rings by what they have in common: an attack, whatever its fillers, meets at its targets (target item analysis: Zhou et al. 2015). For every item i the
/// k_i marked of its n_i raters are held against what is usual for items like it, ln p_i / (1 − p_i) = a + b x_i, fitted so that a minority of items cannot
/// move it: z_i = (k_i − n_i p_i) / √(n_i p_i (1 − p_i) (1 + (n_i − 1) ρ)). Marks are a profile among the oddest tenth by <see cref="Unpopularity"/>, x_i
/// then ln n_i; and the highest rating and the lowest, x_i then the mean of the item's other ratings.
/// </summary>
public static class CommonTarget
{
    private const int LeastMembers = 20;                     // fewer accounts hardly move a ranking, and chance looks like that
    private const double LeastZ = 5.5;                       // items are many, and tastes are no coins
    private const double Overdispersion = 0.02;              // ρ: the raters of an item are alike
    private const double Prior = 1;                          // ratings of the crowd that an item's own are mixed with
    private const double Odd = 0.9;                          // of the profiles, a tenth is odd

    /// <summary>The rings, strongest first; none where no item stands out.</summary>
    public static IReadOnlyList<Ring> Find(Profiles profiles)
    {
        var rings = Marked(profiles, OddProfiles(profiles), [.. profiles.Raters.Select(raters => Math.Log(Math.Max(1, raters)))], "picks what few pick, and");
        if (profiles.Ratings is { Scale: var scale })
        {
            rings = rings.Concat(Rated(profiles, scale.High, "gives the highest rating to"));
            rings = rings.Concat(Rated(profiles, scale.Low, "gives the lowest rating to"));
        }
        return [.. rings.OrderByDescending(ring => ring.Z).ThenBy(ring => ring.Item)];
    }

    private static IEnumerable<Ring> Rated(Profiles profiles, float extreme, string deed)
    {
        var (sum, count) = (new double[profiles.Raters.Length], new int[profiles.Raters.Length]);
        for (var row = 0; row < profiles.Pairs.Count; row++)
        {
            if (profiles.Pairs.Value[row] == extreme) continue;
            sum[profiles.Pairs.Item[row]] += profiles.Pairs.Value[row];
            count[profiles.Pairs.Item[row]]++;
        }
        var mean = sum.Sum() / Math.Max(1, count.Sum());
        double[] others = [.. sum.Zip(count, (s, n) => (s + Prior * mean) / (n + Prior))];
        return Marked(profiles, (user, n) => profiles.Matrix.Values(user)[n] == extreme, others, deed);
    }

    private static Func<int, int, bool> OddProfiles(Profiles profiles)
    {
        var scores = Unpopularity.Detector.Score(profiles, new(0));
        double[] sorted = [.. scores.Where(double.IsFinite).Order()];
        var bound = sorted[(int)(Odd * (sorted.Length - 1))];
        return (user, _) => scores[user] > bound;
    }

    private static IEnumerable<Ring> Marked(Profiles profiles, Func<int, int, bool> isMarked, double[] likeness, string deed)
    {
        var members = new List<int>[likeness.Length];
        for (var item = 0; item < members.Length; item++) members[item] = [];
        for (var user = 0; user < profiles.Users; user++)
            for (var n = 0; n < profiles.Matrix.Length(user); n++)
                if (isMarked(user, n)) members[profiles.Matrix.Row(user)[n]].Add(user);

        var (raters, marked) = (profiles.Raters, members.Select(list => list.Count).ToArray());
        var expected = UsualShare.Of(raters, marked, likeness);
        for (var item = 0; item < members.Length; item++)
        {
            var (n, k, p) = (raters[item], marked[item], expected[item]);
            var z = (k - n * p) / Math.Sqrt(n * p * (1 - p) * (1 + (n - 1) * Overdispersion));
            if (k >= LeastMembers && z >= LeastZ) yield return new(item, members[item], n, p, z, deed);
        }
    }
}
