using Bulwark.Data;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Models.Linear;

/// <summary>Settings of <see cref="ImplicitAls"/>.</summary>
/// <param name="Dimension">d, the length of the rows.</param>
/// <param name="Iterations">Rounds over items and users.</param>
/// <param name="UnseenWeight">w, of every pair, beside the 1 of pairs that occur.</param>
/// <param name="L2">λ, above zero.</param>
/// <param name="Exponent">ν, how λ grows with what a row has to explain; 0 is the same λ for all, as first published.</param>
/// <param name="GradientSteps">Steps of conjugate gradients instead of the exact solution; 0 for that, by Cholesky's decomposition.</param>
public sealed record ImplicitAlsOptions(
    int Dimension = 64, int Iterations = 12, float UnseenWeight = 0.3f, float L2 = 0.007f, float Exponent = 1, int GradientSteps = 0);

/// <summary>
/// Implicit ALS (Hu, Koren and Volinsky 2008) as tuned by Rendle et al. 2022: a matrix factorization that minimizes
/// Σ_{pairs} (p_u·q_i − 1)² + w Σ_{u,i} (p_u·q_i)² + λ Σ_u (n_u + w items)^ν ‖p_u‖² + λ Σ_i (n_i + w users)^ν ‖q_i‖², n the pairs of a row, by solving
/// for all items with users fixed, then for all users with items fixed. So a user's row is the fold-in of their history.
/// </summary>
public static class ImplicitAls
{
    private const float Deviation = 0.1f;                    // of a starting row's length

    /// <summary>The formula; someone unknown to training gets the row that training would have given them.</summary>
    public static MatrixFactorization Model(int users, int items, ImplicitAlsOptions options) =>
        new(users, items, new(options.Dimension, Deviation: Deviation / MathF.Sqrt(options.Dimension), FoldIn: (rows, history) =>
        {
            var touched = Touched.Items(history.Rows, items);
            return RidgeRows.Solve([0, touched.Length], touched, rows, options.UnseenWeight, [Ridge(touched.Length, items, options)]);
        }));

    /// <summary>The rows after all iterations.</summary>
    /// <param name="model">From <see cref="Model"/>.</param>
    /// <param name="train">Who touched what; ratings are not read.</param>
    /// <param name="options">Settings.</param>
    /// <param name="rng">Starting rows.</param>
    /// <param name="progress">Hears how many iterations are done.</param>
    /// <param name="cancel">Stops between half-steps.</param>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items; or a setting is out of range.</exception>
    public static Point Fit(
        MatrixFactorization model, Interactions train, ImplicitAlsOptions options, Rng rng, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        if (!(options.L2 > 0)) throw new ArgumentOutOfRangeException(nameof(options), options.L2, "λ must be above zero.");
        if (!(options.UnseenWeight >= 0)) throw new ArgumentOutOfRangeException(nameof(options), options.UnseenWeight, "w cannot be negative.");
        var users = SparseRows.Of(train);
        var items = users.Transpose();
        var (userRidges, itemRidges) = (Ridges(users, options), Ridges(items, options));
        var start = model.Start(rng);
        var (p, q) = (start[model.Users], start[model.Items]);
        for (var n = 1; n <= options.Iterations; n++)
        {
            q = Half(items, p, q, itemRidges);
            p = Half(users, q, p, userRidges);
            progress?.Report(n);
        }
        return new Point((model.Users, p), (model.Items, q));

        Tensor Half(SparseRows rows, Tensor factors, Tensor from, float[] ridges)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = Scope.Open();
            return (options.GradientSteps > 0
                ? RidgeRows.Improve(rows.Start, rows.Columns, factors, options.UnseenWeight, ridges, from, options.GradientSteps)
                : RidgeRows.Solve(rows.Start, rows.Columns, factors, options.UnseenWeight, ridges)).Keep();
        }
    }

    private static float[] Ridges(SparseRows rows, ImplicitAlsOptions options) =>
        [.. Enumerable.Range(0, rows.RowCount).Select(row => Ridge(rows.Length(row), rows.ColumnCount, options))];

    /// <summary>λ (n + w N)^ν for a row with n of N pairs.</summary>
    private static float Ridge(int pairs, int all, ImplicitAlsOptions options) =>
        options.L2 * MathF.Pow(pairs + options.UnseenWeight * all, options.Exponent);
}
