namespace Bulwark.Evaluation;

/// <summary>
/// The accuracy metrics of ranking. Below, a user has m relevant items at ranks r₁ &lt; … &lt; r_m among C candidates, and h is how many of the
/// ranks are ≤ k.
/// </summary>
/// <remarks>
/// Ties are settled in the ranks, before a metric sees them: a candidate that is not relevant and scores as much as a relevant one ranks
/// above it, and relevant items with equal scores take consecutive ranks. Constant scores therefore give the worst value of every metric.
/// With one relevant item a user, HR@k = Recall@k, and MRR@k = MAP@k.
/// </remarks>
public static class RankingMetrics
{
    /// <summary>HR, recall, precision, NDCG and MAP at 10, MRR and AUC.</summary>
    public static IReadOnlyList<Metric> Default { get; } =
        [HitRate(10), Recall(10), Precision(10), Ndcg(10), MeanAveragePrecision(10), ReciprocalRank(), Auc()];

    /// <summary>Every metric with a cutoff, at each of the given ones: HR, recall, precision, F1, NDCG, MRR and MAP.</summary>
    public static IReadOnlyList<Metric> AtK(params ReadOnlySpan<int> ks)
    {
        var metrics = new List<Metric>();
        foreach (var k in ks)
            metrics.AddRange([HitRate(k), Recall(k), Precision(k), F1(k), Ndcg(k), ReciprocalRank(k), MeanAveragePrecision(k)]);
        return metrics;
    }

    /// <summary>HR@k = 1 if h ≥ 1, else 0.</summary>
    public static Metric HitRate(int k) => new($"hr@{Positive(k)}", k, (ranks, _) => ranks[0] <= k ? 1 : 0);

    /// <summary>Recall@k = h / m. At most k / m, so below 1 for a user with more than k relevant items.</summary>
    public static Metric Recall(int k) => new($"recall@{Positive(k)}", k, (ranks, _) => (double)Hits(ranks, k) / ranks.Length);

    /// <summary>Precision@k = h / k, also for a user with fewer than k relevant items or candidates.</summary>
    public static Metric Precision(int k) => new($"precision@{Positive(k)}", k, (ranks, _) => (double)Hits(ranks, k) / k);

    /// <summary>F1@k = 2·P·R / (P + R) = 2h / (k + m) of each user, then the mean: not the F1 of the two means.</summary>
    public static Metric F1(int k) => new($"f1@{Positive(k)}", k, (ranks, _) => 2.0 * Hits(ranks, k) / (k + ranks.Length));

    /// <summary>
    /// NDCG@k = Σ_{rᵢ ≤ k} 1 / log₂(1 + rᵢ) over the same sum for ranks 1 … min(k, m) (Järvelin and Kekäläinen 2002, binary gain).
    /// </summary>
    public static Metric Ndcg(int k)
    {
        var discount = new double[Positive(k) + 1];          // 1 / log₂(1 + rank)
        var ideal = new double[k + 1];                       // sums of the first ranks
        for (var rank = 1; rank <= k; rank++) ideal[rank] = ideal[rank - 1] + (discount[rank] = 1 / Math.Log2(1 + rank));
        return new($"ndcg@{k}", k, (ranks, _) =>
        {
            var gain = 0.0;
            foreach (var rank in ranks[..Hits(ranks, k)]) gain += discount[rank];
            return gain / ideal[Math.Min(k, ranks.Length)];
        });
    }

    /// <summary>MRR = 1 / r₁.</summary>
    public static Metric ReciprocalRank() => new("mrr", null, (ranks, _) => 1.0 / ranks[0]);

    /// <summary>MRR@k = 1 / r₁ if r₁ ≤ k, else 0.</summary>
    public static Metric ReciprocalRank(int k) => new($"mrr@{Positive(k)}", k, (ranks, _) => ranks[0] <= k ? 1.0 / ranks[0] : 0);

    /// <summary>MAP@k = Σ_{rᵢ ≤ k} (i / rᵢ) / min(k, m): 1 for a perfect ranking.</summary>
    /// <remarks>Spark's meanAveragePrecisionAt and Microsoft Recommenders' <c>map_at_k</c> since 2023 divide so too.</remarks>
    public static Metric MeanAveragePrecision(int k) =>
        new($"map@{Positive(k)}", k, (ranks, _) => PrecisionSum(ranks, k) / Math.Min(k, ranks.Length));

    /// <summary>MAP@k with the denominator m: Σ_{rᵢ ≤ k} (i / rᵢ) / m, below 1 for a user with more than k relevant items.</summary>
    /// <remarks>
    /// The published MovieLens tables of Microsoft Recommenders hold this one, under the name MAP@k: its <c>map_at_k</c> divided by m
    /// until 2023, and its <c>map</c> still does (its issues 1702 and 2309).
    /// </remarks>
    public static Metric MeanAveragePrecisionOverRelevant(int k) =>
        new($"map-rel@{Positive(k)}", k, (ranks, _) => PrecisionSum(ranks, k) / ranks.Length);

    /// <summary>
    /// AUC = the share of the m·(C − m) pairs (relevant, other) in which the relevant item scores strictly higher = 1 − Σᵢ(rᵢ − i) / (m·(C − m)).
    /// A tie counts 0, not ½: ties are against the model here too. 1 where every candidate is relevant.
    /// </summary>
    public static Metric Auc() => new("auc", null, (ranks, candidates) =>
    {
        var lost = 0L;
        for (var i = 0; i < ranks.Length; i++) lost += ranks[i] - (i + 1);
        var pairs = (long)ranks.Length * (candidates - ranks.Length);
        return pairs == 0 ? 1 : 1 - (double)lost / pairs;
    });

    private static int Hits(ReadOnlySpan<int> ranks, int k)
    {
        var hits = 0;
        while (hits < ranks.Length && ranks[hits] <= k) hits++;
        return hits;
    }

    private static double PrecisionSum(ReadOnlySpan<int> ranks, int k)
    {
        var sum = 0.0;
        for (var i = 0; i < ranks.Length && ranks[i] <= k; i++) sum += (i + 1.0) / ranks[i];
        return sum;
    }

    /// <summary>The cutoff itself, once it is known to make sense.</summary>
    internal static int Positive(int k) => k > 0 ? k : throw new ArgumentOutOfRangeException(nameof(k), k, "A cutoff must be at least 1.");
}
