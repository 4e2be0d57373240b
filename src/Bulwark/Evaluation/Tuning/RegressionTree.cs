namespace Bulwark.Evaluation.Tuning;

/// <summary>A regression tree (Breiman et al. 1984): boxes that fill [0, 1]ᴰ, each with the mean of the figures inside.</summary>
internal static class RegressionTree
{
    private const int LeastInside = 2;

    /// <summary>Cuts where the squared error falls most, until no cut leaves enough on both sides.</summary>
    public static IReadOnlyList<TreeBox> Grow(double[][] places, double[] figures)
    {
        var boxes = new List<TreeBox>();
        var dimensions = places[0].Length;
        Cut([.. Enumerable.Range(0, places.Length)], new double[dimensions], [.. Enumerable.Repeat(1.0, dimensions)]);
        return boxes;

        void Cut(int[] rows, double[] low, double[] high)
        {
            var (dimension, at) = Best(places, figures, rows);
            if (dimension < 0)
            {
                boxes.Add(new(low, high, rows.Average(row => figures[row])));
                return;
            }
            var (middleHigh, middleLow) = ((double[])high.Clone(), (double[])low.Clone());
            middleHigh[dimension] = middleLow[dimension] = at;
            Cut([.. rows.Where(row => places[row][dimension] < at)], low, middleHigh);
            Cut([.. rows.Where(row => places[row][dimension] >= at)], middleLow, high);
        }
    }

    /// <summary>The cut with the largest L² / n_L + R² / n_R, L and R the sums of both sides' figures, less the mean: the least squared error left.</summary>
    private static (int Dimension, double At) Best(double[][] places, double[] figures, int[] rows)
    {
        var (mean, best, gain) = (rows.Average(row => figures[row]), (-1, 0.0), 1e-12 * rows.Sum(row => figures[row] * figures[row]));
        for (var d = 0; d < places[0].Length; d++)
        {
            int[] sorted = [.. rows.OrderBy(row => places[row][d])];
            var left = 0.0;
            for (var n = 1; n < sorted.Length; n++)
            {
                left += figures[sorted[n - 1]] - mean;
                var (below, above) = (places[sorted[n - 1]][d], places[sorted[n]][d]);
                if (n < LeastInside || sorted.Length - n < LeastInside || below == above) continue;
                if (left * left / n + left * left / (sorted.Length - n) is var fall && fall > gain) (best, gain) = ((d, (below + above) / 2), fall);
            }
        }
        return best;
    }
}

/// <summary>A box and its constant.</summary>
internal sealed record TreeBox(double[] Low, double[] High, double Value)
{
    /// <summary>Its share of [0, 1]ᴰ.</summary>
    public double Volume { get; } = Low.Zip(High, (low, high) => high - low).Aggregate(1.0, (product, side) => product * side);
}
