using Bulwark.Tensors;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Bulwark.Generative;

/// <summary>
/// Feature vectors with the marginals of given ones and the correlations of their normal scores Φ⁻¹(rank / (n + 1)): z ~ N(0, R), and each x_j is the
/// Φ(z_j)-quantile of feature j, one of its n values (Nelsen 2006). A generator without variables.
/// </summary>
public sealed class GaussianCopula : IGenerator
{
    private const double Ridge = 1e-6;
    private readonly float[][] _sorted;                                                          // each feature's values, ascending
    private readonly Matrix<double> _root;                                                       // L, R = L Lᵀ

    /// <summary>Fitted to examples.</summary>
    /// <param name="examples">(n, f), at least two.</param>
    /// <exception cref="ArgumentException">They are not that.</exception>
    public GaussianCopula(Tensor examples)
    {
        if (examples.Shape.Rank != 2 || examples.Shape[0] < 2) throw new ArgumentException($"A copula needs at least two rows of features, not {examples.Shape}.");
        var (n, width, values) = (examples.Shape[0], examples.Shape[1], examples.Values.ToArray());
        _sorted = [.. Enumerable.Range(0, width).Select(j => Enumerable.Range(0, n).Select(i => values[i * width + j]).ToArray())];
        var scores = Matrix<double>.Build.DenseOfColumnArrays(_sorted.Select(Scores));           // (n, f)
        foreach (var column in _sorted) Array.Sort(column);
        var covariance = scores.TransposeThisAndMultiply(scores) / n;                            // each score's mean is 0
        var deviations = covariance.Diagonal().PointwiseSqrt();
        var correlations = covariance.PointwiseDivide(deviations.OuterProduct(deviations));
        _root = ((correlations + Ridge * Matrix<double>.Build.DenseIdentity(width)) / (1 + Ridge)).Cholesky().Factor;
    }

    /// <inheritdoc/>
    public Point Start(Rng rng) => new();

    /// <inheritdoc/>
    public Tensor Generate(Point at, int count, Tensor? given, Rng rng)
    {
        var (width, values) = (_sorted.Length, new float[count * _sorted.Length]);
        for (var i = 0; i < count; i++)
        {
            var z = _root * Vector<double>.Build.Dense(width, _ => rng.NextGaussian());
            for (var j = 0; j < width; j++) values[i * width + j] = Quantile(_sorted[j], Normal.CDF(0, 1, z[j]));
        }
        return Tensor.Of((count, width), values);
    }

    private static float Quantile(float[] sorted, double p) => sorted[Math.Min((int)(p * sorted.Length), sorted.Length - 1)];

    /// <summary>Φ⁻¹(rank / (n + 1)), ranks from 1; equal values in the order of the examples.</summary>
    private static double[] Scores(float[] values)
    {
        var (order, scores) = (Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray(), new double[values.Length]);
        for (var rank = 0; rank < order.Length; rank++) scores[order[rank]] = Normal.InvCDF(0, 1, (rank + 1.0) / (order.Length + 1));
        return scores;
    }
}
