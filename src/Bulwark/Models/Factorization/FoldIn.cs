using Bulwark.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Bulwark.Models.Factorization;

/// <summary>
/// The row of someone unknown to training, by weighted least squares on the item rows (Hu, Koren and Volinsky 2008):
/// p = argmin Σ_{i in history} (q_i · p − 1)² + w Σ_i (q_i · p)² + λ ‖p‖², so p = (w QᵀQ + Σ q_i q_iᵀ + λ I)⁻¹ Σ q_i.
/// </summary>
public static class FoldIn
{
    private const float UnseenWeight = 0.01f;                // w
    private const float Relative = 0.01f;                    // λ, as a share of the mean squared row norm

    /// <summary>The row, (1, d), for item rows (items, d) and a history of items.</summary>
    public static Tensor Row(Tensor items, Ids history)
    {
        var gram = items.MatMul(items, transposeX: true);                                        // (d, d)
        var touched = items.Rows(history);                                                       // (history, d)
        var d = items.Shape[1];
        var system = Dense(gram * UnseenWeight + touched.MatMul(touched, transposeX: true), d);
        var ridge = Relative * system.Trace() / d + 1e-12;
        for (var c = 0; c < d; c++) system[c, c] += ridge;
        var sum = touched.Sum(0);                                                                // (d)
        var row = system.Cholesky().Solve(Vector<double>.Build.Dense(d, c => sum.Values[c]));
        return Tensor.Of((1, d), [.. row.Select(x => (float)x)]);
    }

    internal static Matrix<double> Dense(Tensor square, int d) => Matrix<double>.Build.Dense(d, d, (r, c) => square.Values[r * d + c]);
}
