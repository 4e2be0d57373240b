using Bulwark.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Bulwark.Defenses.Detection;

/// <summary>
/// PCA variable selection with absolute projections (Mehta and Nejdl 2009): users are variables, z_u their ratings at zero mean and unit deviation over
/// all items, and the covariance of users has principal directions v₁, v₂, v₃. Accounts that rate by a recipe share nothing with the tastes behind
/// these: their Σ_k |v_ku| is small. The score is its opposite.
/// </summary>
public static class VariableSelection
{
    private const int Directions = 3, Spare = 5, Iterations = 30;

    /// <summary>The detector.</summary>
    public static Detector Detector { get; } = new("pca", "shares no taste with the crowd", (profiles, rng) =>
    {
        using var scope = Scope.Open();
        var (users, items) = (profiles.Matrix.RowCount, profiles.Matrix.ColumnCount);
        var (mean, scale) = (new float[users], new float[users]);
        for (var user = 0; user < users; user++)
        {
            double sum = 0, square = 0;
            foreach (var value in profiles.Matrix.Values(user)) (sum, square) = (sum + value, square + (double)value * value);
            var deviation = Math.Sqrt(Math.Max(0, square / items - sum / items * (sum / items)));
            (mean[user], scale[user]) = ((float)(sum / items), deviation > 0 ? (float)(1 / deviation) : 0);
        }
        var rated = profiles.Matrix.Map((user, _, value) => value * scale[user]);                 // z = rated − offset 1ᵀ
        var itemsByUsers = rated.Transpose();
        var offset = Tensor.Of((users, 1), [.. mean.Zip(scale, (m, s) => m * s)]);
        var basis = Orthonormal(Tensor.Gaussian((users, Math.Min(users, Directions + Spare)), 1, rng));
        for (var n = 0; n < Iterations; n++)
        {
            var seen = itemsByUsers.SparseMatMul(basis) - offset.MatMul(basis, transposeX: true);   // Zᵀ V, (items, width)
            basis = Orthonormal(rated.SparseMatMul(seen) - offset * seen.Sum(0, keep: true));    // Z Zᵀ V, (users, width)
        }
        var width = basis.Shape[1];
        var values = basis.Values.ToArray();
        return profiles.Each(user => -values.AsSpan(user * width, Math.Min(Directions, width)).ToArray().Sum(Math.Abs));
    });

    /// <summary>Columns of length 1 at right angles, by the decomposition QR: after some multiplications the principal directions in their order.</summary>
    private static Tensor Orthonormal(Tensor y)
    {
        var (rows, columns) = (y.Shape[0], y.Shape[1]);
        var matrix = Matrix<double>.Build.Dense(rows, columns, (r, c) => y.Values[r * columns + c]);
        var q = matrix.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin).Q;
        var values = new float[rows * columns];
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++) values[r * columns + c] = (float)q[r, c];
        return Tensor.Of((rows, columns), values);
    }
}
