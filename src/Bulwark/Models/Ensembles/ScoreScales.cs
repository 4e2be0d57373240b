namespace Bulwark.Models.Ensembles;

/// <summary>
/// Scales of a <see cref="Blend"/>. Each keeps the order of a user's items; only the first two keep how far apart they are. Infinite scores and NaN are
/// no scores to be scaled: they come last.
/// </summary>
public static class ScoreScales
{
    /// <summary>(ŷ − min) / (max − min), in [0, 1]; 0 where all are equal.</summary>
    public static ScoreScale Range { get; } = scores =>
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var score in scores)
            if (float.IsFinite(score)) (low, high) = (Math.Min(low, score), Math.Max(high, score));
        Shift(scores, low, high > low ? 1 / ((double)high - low) : 0);
    };

    /// <summary>(ŷ − mean) / deviation: 0 on average, with deviation 1; 0 where all are equal.</summary>
    public static ScoreScale Standard { get; } = scores =>
    {
        var (count, sum, square) = (0, 0.0, 0.0);
        foreach (var score in scores)
            if (float.IsFinite(score)) (count, sum) = (count + 1, sum + score);
        var mean = sum / Math.Max(count, 1);
        foreach (var score in scores)
            if (float.IsFinite(score)) square += (score - mean) * (score - mean);
        var deviation = Math.Sqrt(square / Math.Max(count, 1));
        Shift(scores, mean, deviation > 1e-7 * Math.Abs(mean) ? 1 / deviation : 0);
    };

    /// <summary>
    /// 1 / (k + rank), the best of ranks 1: reciprocal rank fusion (Cormack, Clarke and Büttcher 2009). Equal scores share the mean of their ranks, so that
    /// the number of an item decides nothing.
    /// </summary>
    /// <param name="k">How little the first places differ; 60 as published.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is negative.</exception>
    public static ScoreScale ReciprocalRank(float k = 60)
    {
        if (!(k >= 0)) throw new ArgumentOutOfRangeException(nameof(k), k, "k is at least zero.");
        return scores =>
        {
            var (keys, items) = (new float[scores.Length], new int[scores.Length]);
            for (var i = 0; i < keys.Length; i++) (keys[i], items[i]) = (float.IsNaN(scores[i]) ? float.PositiveInfinity : -scores[i], i);
            Array.Sort(keys, items);
            for (int first = 0, next; first < keys.Length; first = next)
            {
                for (next = first + 1; next < keys.Length && keys[next] == keys[first]; next++) { }
                var share = 1 / (k + (first + 1 + next) / 2f);                                   // ranks first + 1 … next
                foreach (var item in items.AsSpan(first..next)) scores[item] = share;
            }
        };
    }

    private static void Shift(Span<float> scores, double origin, double scale)
    {
        var lowest = 0f;
        foreach (ref var score in scores)
        {
            if (!float.IsFinite(score)) continue;
            score = (float)((score - origin) * scale);
            lowest = Math.Min(lowest, score);
        }
        foreach (ref var score in scores)
            if (!float.IsFinite(score)) score = lowest;
    }
}
