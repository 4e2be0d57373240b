using Bulwark.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Bulwark.Generative;

/// <summary>
/// ‖μ − ν‖² + tr(A + B − 2 (A^½ B A^½)^½): the Wasserstein distance, squared, of the Gaussians with two samples' means and covariances (Fréchet 1957; in the
/// features of a classifier, Heusel et al. 2017).
/// </summary>
public static class FrechetDistance
{
    /// <summary>Between two samples of feature vectors: (n, f) and (m, f), at least two each.</summary>
    /// <exception cref="ArgumentException">They are not that.</exception>
    public static double Between(Tensor x, Tensor y)
    {
        if (x.Shape.Rank != 2 || y.Shape.Rank != 2 || x.Shape[1] != y.Shape[1] || Math.Min(x.Shape[0], y.Shape[0]) < 2)
            throw new ArgumentException($"A Fréchet distance needs two samples of equally long vectors, (n, f) and (m, f), not {x.Shape} and {y.Shape}.");
        var ((mean, a), (other, b)) = (Moments(x), Moments(y));
        var root = Root(a);
        return (mean - other).PointwisePower(2).Sum() + a.Trace() + b.Trace() - 2 * Root(root * b * root).Trace();
    }

    private static (Vector<double> Mean, Matrix<double> Covariance) Moments(Tensor x)
    {
        var rows = Matrix<double>.Build.DenseOfRowMajor(x.Shape[0], x.Shape[1], x.Values.ToArray().Select(value => (double)value));
        var mean = rows.ColumnSums() / rows.RowCount;
        rows = rows - Matrix<double>.Build.Dense(rows.RowCount, 1, 1) * mean.ToRowMatrix();
        return (mean, rows.TransposeThisAndMultiply(rows) / (rows.RowCount - 1));
    }

    /// <summary>C^½ of a symmetric matrix without negative eigenvalues but those of rounding.</summary>
    private static Matrix<double> Root(Matrix<double> c)
    {
        var eigen = c.Evd(Symmetricity.Symmetric);
        var roots = eigen.EigenValues.Map(value => Math.Sqrt(Math.Max(value.Real, 0)));
        return eigen.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(roots) * eigen.EigenVectors.Transpose();
    }
}
