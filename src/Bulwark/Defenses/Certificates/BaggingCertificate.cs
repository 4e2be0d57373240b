namespace Bulwark.Defenses.Certificates;

/// <summary>
/// How much of a user's list fake accounts cannot touch, if the list is voted by models that each saw a few users (the setting of PORE: Jia et al. 2023).
/// A model is trained on s of the n users, drawn without replacement, and votes for k items; p_i is the probability that it votes for item i, and
/// the list is the N items with the largest p.
/// </summary>
/// <remarks>
/// Let e fake accounts join. A model sees none of them with the probability κ = C(n, s) / C(n + e, s), and given that, its sample is distributed as before.
/// Whatever the fakes are, and however the others then vote, every item has p'_i ∈ [κ p_i, κ p_i + (1 − κ)]; and because a model votes for k items, j
/// items together gain at most (1 − κ) min(k, j).
/// <para>
/// Let L be the list before. At least r of its items stay if the r-th largest p' in L exceeds the m-th largest outside it, m = N − r + 1: above
/// each of those r items there are then at most r − 1 items of L and m − 1 others, N − 1 in all. The r-th largest in L is at least κ times the r-th
/// largest p there. Outside, take the m items with the largest p' and of these the j with the smallest p: their p sum to at most those of
/// ranks m − j + 1 … m, and the m-th largest p' is at most their mean, so for each j ≤ m
/// x_m ≤ (κ Σ_{ranks m−j+1…m} p + (1 − κ) min(k, j)) / j. The certified overlap is the largest r for which κ p_(r) exceeds the least of these.
/// </para>
/// <para>
/// p is not known but counted over T models. All 2M bounds (lower and upper, of M items) hold at once with probability 1 − α, each being taken at α / 2M,
/// and L is the list by votes, which may then be chosen after looking. The list of the poisoned system is the one by its p', that of more and more models.
/// </para>
/// </remarks>
/// <param name="Users">n, genuine users.</param>
/// <param name="Sampled">s, users that each model sees.</param>
/// <param name="Votes">k, items that each model votes for.</param>
/// <param name="Top">N, the length of the list.</param>
/// <param name="Alpha">α, for each user's list.</param>
public sealed record BaggingCertificate(int Users, int Sampled, int Votes, int Top, double Alpha = 0.001)
{
    private const double Rounding = 1e-12;                   // what sums of doubles may be off by: a tie is not certified

    /// <summary>κ: the probability that a model sees none of the fake accounts.</summary>
    public double Untouched(int fakes)
    {
        var kappa = 1.0;
        for (var j = 0; j < Sampled; j++) kappa *= (double)(Users - j) / (Users + fakes - j);
        return kappa;
    }

    /// <summary>The list by votes, best first; of equally many the lower items.</summary>
    public int[] List(ReadOnlySpan<int> counts)
    {
        var votes = counts.ToArray();
        return [.. Enumerable.Range(0, votes.Length).OrderByDescending(item => votes[item]).ThenBy(item => item).Take(Top)];
    }

    /// <summary>How many items of each user's list stay, for each number of fake accounts, certified from votes.</summary>
    /// <param name="votes">(users) of (items): how many models voted for each.</param>
    /// <param name="models">T.</param>
    /// <param name="fakes">Numbers of fake accounts.</param>
    /// <returns>(users) of (fakes): the certified overlaps.</returns>
    /// <exception cref="ArgumentException">There are fewer items than the list is long, or a count is above the number of models.</exception>
    public int[][] Overlaps(IReadOnlyList<int[]> votes, int models, params IReadOnlyList<int> fakes)
    {
        var known = new Dictionary<int, (double Lower, double Upper)>();
        return [.. votes.Select(Certified)];

        int[] Certified(int[] counts)
        {
            if (counts.Length < Top) throw new ArgumentException($"A list of {Top} needs as many items, not {counts.Length}.", nameof(votes));
            var (listed, inside, outside) = (List(counts).ToHashSet(), new List<double>(), new List<double>());
            for (var item = 0; item < counts.Length; item++)
            {
                if (listed.Contains(item)) inside.Add(Bounds(counts[item], counts.Length).Lower);
                else outside.Add(Bounds(counts[item], counts.Length).Upper);
            }
            return [.. fakes.Select(fake => Overlap([.. inside], [.. outside], fake))];
        }

        (double Lower, double Upper) Bounds(int count, int items)
        {
            if (known.TryGetValue(count, out var bounds)) return bounds;
            var share = Alpha / (2 * items);
            return known[count] = (ClopperPearson.Lower(count, models, share), ClopperPearson.Upper(count, models, share));
        }
    }

    /// <summary>The same from bounds of p.</summary>
    /// <param name="inside">Lower bounds of the items of the list, in any order.</param>
    /// <param name="outside">Upper bounds of all other items.</param>
    /// <param name="fakes">e.</param>
    public int Overlap(ReadOnlySpan<double> inside, ReadOnlySpan<double> outside, int fakes)
    {
        double[] p = [.. inside.ToArray().OrderDescending()], rivals = [.. outside.ToArray().OrderDescending()];
        var kappa = Untouched(fakes);
        for (var r = p.Length; r > 0; r--)
            if (kappa * p[r - 1] > Highest(rivals, Top - r + 1, kappa) + Rounding) return r;
        return 0;
    }

    /// <summary>The most that the m-th best rival can reach; nothing where there are fewer than m.</summary>
    private double Highest(double[] rivals, int m, double kappa)
    {
        if (m > rivals.Length) return double.NegativeInfinity;
        var (highest, sum) = (double.PositiveInfinity, 0.0);
        for (var j = 1; j <= m; j++)
        {
            sum += rivals[m - j];
            highest = Math.Min(highest, (kappa * sum + (1 - kappa) * Math.Min(Votes, j)) / j);
        }
        return highest;
    }
}
