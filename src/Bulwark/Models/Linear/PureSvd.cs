using Bulwark.Data;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Models.Linear;

/// <summary>Settings of <see cref="PureSvd"/>.</summary>
/// <param name="Factors">d, how many of the largest singular values count.</param>
/// <param name="Iterations">How often the subspace is multiplied with XᵀX.</param>
public sealed record PureSvdOptions(int Factors = 50, int Iterations = 6);

/// <summary>
/// PureSVD (Cremonesi, Koren and Turrin 2010): ŷ(u, i) = x_u V v_i, where X ≈ U Σ Vᵀ is the matrix of who touched what, with zeros for the rest. A
/// matrix factorization with p_u = x_u V and q_i = v_i, so that someone unknown to training has the sum of their items' rows.
/// </summary>
public static class PureSvd
{
    private const int Spare = 10;                            // directions beyond d that are carried along
    private const double Negligible = 1e-6;                  // of the largest squared length: below is rounding

    /// <summary>The formula.</summary>
    public static MatrixFactorization Model(int users, int items, PureSvdOptions options) =>
        new(users, items, new(options.Factors, FoldIn: static (items, history) => items.Rows(history).Sum(0, keep: true)));

    /// <summary>
    /// The factors, by randomized subspace iteration (Halko, Martinsson and Tropp 2011): 2 (pairs · d) operations a multiplication.
    /// </summary>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items.</exception>
    public static Point Fit(MatrixFactorization model, Interactions train, PureSvdOptions options, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Factors, 1);
        var (matrix, users, items) = (SparseRows.Of(train), new Ids(), new Ids());
        var owners = users.Refill(matrix.Columns.Length);
        for (var user = 0; user < matrix.RowCount; user++) owners[matrix.Start[user]..matrix.Start[user + 1]].Fill(user);
        items.Fill(matrix.Columns);

        var width = Math.Min(options.Factors + Spare, Math.Min(train.UserCount, train.ItemCount));
        var basis = Tensor.Gaussian((train.ItemCount, width), 1, rng.Fork("directions"));
        for (var n = 0; n < options.Iterations; n++)
        {
            using var scope = Scope.Open();
            basis = Orthonormal(Times(Orthonormal(Times(basis, items, users, train.UserCount)), users, items, train.ItemCount)).Keep();
        }
        using var last = Scope.Open();
        var image = Times(basis, items, users, train.UserCount);                                 // XV, (users, width)
        var turn = Directions(image, options.Factors, (_, _) => 1);                              // (width, d)
        return new Point((model.Users, image.MatMul(turn).Keep()), (model.Items, basis.MatMul(turn).Keep()));
    }

    /// <summary>Xy or Xᵀy: for each pair, the row of y that it reads is added to the row that it writes.</summary>
    private static Tensor Times(Tensor y, Ids read, Ids write, int rows) => y.Rows(read).ScatterRows(write, (rows, y.Shape[1]));

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
        var eigen = FoldIn.Dense(y.MatMul(y, transposeX: true), width).Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric);     // ascending
        var (values, vectors, result) = (eigen.EigenValues, eigen.EigenVectors, new float[width * count]);
        for (var c = 0; c < Math.Min(width, count); c++)
        {
            var factor = scale(values[width - 1 - c].Real, values[width - 1].Real);
            for (var r = 0; r < width; r++) result[r * count + c] = (float)(vectors[r, width - 1 - c] * factor);
        }
        return Tensor.Of((width, count), result);
    }
}
