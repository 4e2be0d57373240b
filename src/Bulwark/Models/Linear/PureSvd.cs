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
    /// <summary>The formula.</summary>
    public static MatrixFactorization Model(int users, int items, PureSvdOptions options) =>
        new(users, items, new(options.Factors, FoldIn: static (items, history) => items.Rows(history).Sum(0, keep: true)));

    /// <summary>The factors.</summary>
    /// <param name="model">From <see cref="Model"/>.</param>
    /// <param name="train">Who touched what; ratings are not read.</param>
    /// <param name="options">Settings.</param>
    /// <param name="rng">The directions it starts from.</param>
    /// <param name="cancel">Stops between iterations.</param>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items.</exception>
    public static Point Fit(MatrixFactorization model, Interactions train, PureSvdOptions options, Rng rng, CancellationToken cancel = default)
    {
        var (image, basis) = TruncatedSvd.Of(SparseRows.Of(train).Map((_, _, _) => 1), options.Factors, options.Iterations, rng, cancel);
        return new Point((model.Users, image), (model.Items, basis));
    }
}
