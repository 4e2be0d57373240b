using Bulwark.Tensors;

namespace Bulwark.Models.Neighbors;

/// <summary>How the neighbors of a user are heard, x_vi what neighbor v counts for item i.</summary>
public enum Aggregation
{
    /// <summary>Σ_v s(u, v) x_vi.</summary>
    Sum,

    /// <summary>
    /// Σ_v min(s(u, v), median of s) x_vi: a profile copied from the user is not heard above the middle neighbor (clipping: an M-estimator as in Mehta et al. 2007).
    /// </summary>
    Clipped,

    /// <summary>
    /// The median over five groups of the neighbors, dealt out by turns from the nearest on, of the groups' sums: fakes in two of the groups move nothing
    /// beyond what honest groups say (median of means). A plain median of what neighbors touched would be zero almost everywhere.
    /// </summary>
    Median,
}

/// <summary>Scores from neighbors.</summary>
internal static class Aggregations
{
    private const int Groups = 5;

    /// <summary>Writes a score for every item.</summary>
    /// <param name="how">How.</param>
    /// <param name="neighbors">Rows and similarities.</param>
    /// <param name="rows">x.</param>
    /// <param name="scores">(columns).</param>
    public static void Score(this Aggregation how, (int Row, float Similarity)[] neighbors, SparseRows rows, Span<float> scores)
    {
        if (how != Aggregation.Median)
        {
            Sum(neighbors, how == Aggregation.Clipped ? Median([.. neighbors.Select(neighbor => neighbor.Similarity)]) : float.PositiveInfinity, rows, scores);
            return;
        }
        (int Row, float Similarity)[] nearest = [.. neighbors.OrderByDescending(neighbor => neighbor.Similarity).ThenBy(neighbor => neighbor.Row)];
        var sums = Enumerable.Range(0, Groups).Select(group =>
        {
            var sum = new float[rows.ColumnCount];
            Sum([.. nearest.Where((_, n) => n % Groups == group)], float.PositiveInfinity, rows, sum);
            return sum;
        }).ToArray();
        var values = new float[Groups];
        for (var item = 0; item < scores.Length; item++)
        {
            for (var group = 0; group < Groups; group++) values[group] = sums[group][item];
            scores[item] = Median(values);
        }
    }

    private static void Sum((int Row, float Similarity)[] neighbors, float most, SparseRows rows, Span<float> scores)
    {
        scores.Clear();
        foreach (var (row, similarity) in neighbors)
        {
            var places = rows.Row(row);
            var weight = MathF.Min(similarity, most);
            var counts = rows.Values(row);
            for (var n = 0; n < places.Length; n++) scores[places[n]] += weight * counts[n];
        }
    }

    /// <summary>The middle value, of an even number the lower one; sorts them.</summary>
    private static float Median(float[] values)
    {
        Array.Sort(values);
        return values.Length > 0 ? values[(values.Length - 1) / 2] : 0;
    }
}
