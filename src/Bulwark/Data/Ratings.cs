namespace Bulwark.Data;

/// <summary>What ratings look like: μ and σ of all, and of each item.</summary>
public sealed class Ratings
{
    private readonly double[] _mean, _deviation;

    private Ratings(Interactions rows)
    {
        Rows = rows;
        Scale = RatingScale.Of(rows.Value);
        (_mean, _deviation) = (new double[rows.ItemCount], new double[rows.ItemCount]);
        Counts = rows.ItemCounts();
        for (var row = 0; row < rows.Count; row++) _mean[rows.Item[row]] += rows.Value[row];
        Mean = _mean.Sum() / rows.Count;
        for (var item = 0; item < _mean.Length; item++) _mean[item] = Counts[item] > 0 ? _mean[item] / Counts[item] : Mean;
        var square = 0.0;
        for (var row = 0; row < rows.Count; row++)
        {
            var (item, value) = (rows.Item[row], (double)rows.Value[row]);
            square += (value - Mean) * (value - Mean);
            _deviation[item] += (value - _mean[item]) * (value - _mean[item]);
        }
        Deviation = Math.Sqrt(square / rows.Count);
        for (var item = 0; item < _mean.Length; item++) _deviation[item] = Math.Sqrt(_deviation[item] / Math.Max(1, Counts[item]));
    }

    /// <summary>The rows that are ratings: those of kind <see cref="EventKind.Rate"/> where kinds are known; one for each user and item.</summary>
    public Interactions Rows { get; }

    /// <summary>The ratings that can be given.</summary>
    public RatingScale Scale { get; }

    /// <summary>μ over all ratings.</summary>
    public double Mean { get; }

    /// <summary>σ over all ratings, √(Σ (r − μ)² / n).</summary>
    public double Deviation { get; }

    /// <summary>(items) how many ratings each item has.</summary>
    public int[] Counts { get; }

    /// <summary>μ_i; μ for an item without ratings.</summary>
    public double MeanOf(int item) => _mean[item];

    /// <summary>σ_i; 0 for an item with fewer than two ratings.</summary>
    public double DeviationOf(int item) => _deviation[item];

    /// <summary>The ratings among some interactions; null where there are none, or where all are alike and so tell no more than clicks.</summary>
    public static Ratings? Of(Interactions interactions)
    {
        if (!interactions.HasValues) return null;
        var rows = interactions.OfKind(EventKind.Rate).DistinctPairs();
        return rows.Count > 0 && rows.Value.ContainsAnyExcept(rows.Value[0]) ? new(rows) : null;
    }
}
