using Bulwark.Tensors;

namespace Bulwark.Evaluation.Tuning;

/// <summary>All combinations of the values of some dimensions.</summary>
public sealed class SearchSpace
{
    private const int MostDraws = 1000;

    /// <summary>A space of at least one dimension.</summary>
    /// <exception cref="ArgumentException">There is none, or two have one name.</exception>
    public SearchSpace(params IReadOnlyList<Dimension> dimensions)
    {
        if (dimensions.Count == 0) throw new ArgumentException("There is nothing to choose; give a dimension.", nameof(dimensions));
        if (dimensions.DistinctBy(dimension => dimension.Name).Count() < dimensions.Count)
            throw new ArgumentException("Two dimensions have one name; keep one.", nameof(dimensions));
        Dimensions = dimensions;
    }

    /// <summary>The dimensions, in the order of a trial's values.</summary>
    public IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>Values drawn evenly from every dimension.</summary>
    public double[] Draw(Rng rng) => [.. Dimensions.Select(dimension => dimension.At(rng.NextDouble()))];

    /// <summary>The first drawn values that no trial had; null where there seem to be none left.</summary>
    internal double[]? Untried(IReadOnlyList<Trial> done, Func<double[]> draw)
    {
        var tried = done.Select(trial => Key(trial.Values)).ToHashSet();
        if (tried.Count >= Dimensions.Aggregate(1.0, (size, dimension) => size * dimension.Size)) return null;
        for (var n = 0; n < MostDraws; n++)
            if (draw() is var values && !tried.Contains(Key(values))) return values;
        return null;
    }

    private static string Key(IReadOnlyList<double> values) => string.Join(' ', values.Select(ReportNumber.Exact));
}
