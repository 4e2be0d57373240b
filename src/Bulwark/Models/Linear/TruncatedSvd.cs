using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Bulwark.Models.Linear;

/// <summary>
/// The largest singular values of a sparse X ≈ U Σ Vᵀ, by randomized subspace iteration (Halko, Martinsson and Tropp 2011): a multiplication costs
/// 2 (entries · d) operations.
/// </summary>
internal static class TruncatedSvd
{
    private const int Spare = 10;                            // directions beyond d that are carried along
    private const double Negligible = 1e-6;                  // of the largest squared length: below is rounding

    /// <summary>XV = UΣ, (rows, d), and V, (columns, d): the largest first, columns of zeros where there are fewer.</summary>
    /// <param name="matrix">X.</param>
    /// <param name="factors">d.</param>
    /// <param name="iterations">How often the subspace is multiplied with XᵀX.</param>
    /// <param name="rng">The directions it starts from.</param>
    /// <param name="cancel">Stops between iterations.</param>
    public static (Tensor Image, Tensor Basis) Of(SparseRows matrix, int factors, int iterations, Rng rng, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factors, 1);
        var transposed = matrix.Transpose();
        var width = Math.Min(factors + Spare, Math.Min(matrix.RowCount, matrix.ColumnCount));
        var basis = Tensor.Gaussian((matrix.ColumnCount, width), 1, rng.Fork("directions"));
        for (var n = 0; n < iterations; n++)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = Scope.Open();
            basis = Orthonormal(transposed.SparseMatMul(Orthonormal(matrix.SparseMatMul(basis)))).Keep();
        }
        using var last = Scope.Open();
        var image = matrix.SparseMatMul(basis);                                                  // XV, (rows, width)
        var turn = Directions(image, factors, (_, _) => 1);                                      // (width, d)
        return (image.MatMul(turn).Keep(), basis.MatMul(turn).Keep());
    }

    /// <summary>
    /// Orthonormal columns that span the same, zero where there are fewer. Columns get length 1 first: they are nearly orthogonal soon, and their
    /// products then small numbers beside ones.
    /// </summary>
    private static Tensor Orthonormal(Tensor y)
    {
        var lengths = (y * y).Sum(0).Sqrt();                                                     // (width)
        var scaled = y / lengths.Maximum(Tensor.Scalar(1e-20f));
        return scaled.MatMul(Directions(scaled, y.Shape[1], (value, largest) => value > Negligible * largest ? 1 / Math.Sqrt(value) : 0));
    }

    /// <summary>The first eigenvectors of yᵀy, largest eigenvalue first, each times a scale; columns of zeros beyond: (width, count).</summary>
    private static Tensor Directions(Tensor y, int count, Func<double, double, double> scale)
    {
        var width = y.Shape[1];
        var eigen = FoldIn.Dense(y.MatMul(y, transposeX: true), width).Evd(Symmetricity.Symmetric);                                // ascending
        var (values, vectors, result) = (eigen.EigenValues, eigen.EigenVectors, new float[width * count]);
        for (var c = 0; c < Math.Min(width, count); c++)
        {
            var factor = scale(values[width - 1 - c].Real, values[width - 1].Real);
            for (var r = 0; r < width; r++) result[r * count + c] = (float)(vectors[r, width - 1 - c] * factor);
        }
        return Tensor.Of((width, count), result);
    }
}
