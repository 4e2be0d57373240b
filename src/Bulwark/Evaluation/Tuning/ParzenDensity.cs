using Bulwark.Tensors;
using MathNet.Numerics;

namespace Bulwark.Evaluation.Tuning;

/// <summary>
/// The density of a dimension's values near some that were seen. Of numbers it is, on [0, 1], p(x) = (1 + Σᵢ N(x; xᵢ, σᵢ) / Zᵢ) / (n + 1): an even part and
/// a Gaussian cut to [0, 1] at each, as wide as the farther of its neighbors is away. Of choices it is (1 + count) / (choices + n).
/// </summary>
internal sealed class ParzenDensity
{
    private const int FinestParts = 100;
    private readonly Dimension _dimension;
    private readonly (double At, double Width)[] _bumps;
    private readonly double[]? _shares;                      // of choices

    public ParzenDensity(Dimension dimension, IReadOnlyList<double> values)
    {
        _dimension = dimension;
        double[] places = [.. values.Select(dimension.Unit).Order()];
        var least = 1.0 / Math.Min(FinestParts, places.Length + 1);
        _bumps = [.. places.Select((place, i) => (place, Math.Clamp(Farther(places, i), least, 1)))];
        if (dimension.Choices.Count > 0)
            _shares = [.. dimension.Choices.Select((_, choice) => (1.0 + values.Count(value => value == choice)) / (dimension.Choices.Count + values.Count))];
    }

    /// <summary>The density at a value.</summary>
    public double At(double value)
    {
        if (_shares is not null) return _shares[(int)value];
        var (x, sum) = (_dimension.Unit(value), 1.0);
        foreach (var (at, width) in _bumps)
            sum += Math.Exp(-0.5 * Square((x - at) / width)) / (Math.Sqrt(2 * Math.PI) * width * (Below((1 - at) / width) - Below(-at / width)));
        return sum / (_bumps.Length + 1);
    }

    /// <summary>A value drawn from the density.</summary>
    public double Draw(Rng rng)
    {
        if (_shares is not null)
        {
            var (choice, left) = (0, rng.NextDouble());
            while (choice < _shares.Length - 1 && (left -= _shares[choice]) >= 0) choice++;
            return choice;
        }
        var bump = rng.Next(_bumps.Length + 1);
        if (bump == _bumps.Length) return _dimension.At(rng.NextDouble());
        while (true)
            if (_bumps[bump].At + _bumps[bump].Width * rng.NextGaussian() is >= 0 and <= 1 and var place) return _dimension.At(place);
    }

    /// <summary>The distance to the farther neighbor, the ends of [0, 1] being neighbors too.</summary>
    private static double Farther(double[] places, int i) => Math.Max(
        places[i] - (i > 0 ? places[i - 1] : 0), (i < places.Length - 1 ? places[i + 1] : 1) - places[i]);

    private static double Square(double x) => x * x;

    /// <summary>Φ, the share of a standard normal below z.</summary>
    private static double Below(double z) => 0.5 * SpecialFunctions.Erfc(-z / Math.Sqrt(2));
}
