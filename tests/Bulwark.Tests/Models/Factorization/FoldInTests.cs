using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Factorization;

public sealed class FoldInTests
{
    /// <summary>
    /// One factor, items 1 and 2, history {1}: p = q / (w (1 + 4) + 1 + λ) with w = .01 and λ = .01 (w (1 + 4) + 1), so p = 1 / (1.05 · 1.01).
    /// </summary>
    [Fact]
    public void OneFactorWorkedByHand() =>
        Assert.Equal(1 / (1.05f * 1.01f), FoldIn.Row(Tensor.Of((2, 1), 1, 2), new Ids(0)).Item(), 1e-6f);

    /// <summary>At the minimum, the gradient Σ_history q (q·p − 1) + w Σ_all q (q·p) + λ p is zero.</summary>
    [Theory]
    [InlineData(1, 5)]
    [InlineData(4, 30)]
    [InlineData(16, 10)]                                       // fewer items than factors: only λ makes the system definite
    public void TheRowMinimizesItsObjective(int d, int count)
    {
        var items = Tensor.Gaussian((count, d), 0.7f, new Rng(1));
        int[] history = [0, 3, 2, 3];                          // a repeat counts twice
        var p = FoldIn.Row(items, new Ids(history)).Values;
        Assert.Equal(d, p.Length);
        var (gradient, trace) = (new double[d], 0.0);
        for (var item = 0; item < count; item++)
        {
            var q = items.Values.Slice(item * d, d);
            var (dot, times) = (0.0, history.Count(h => h == item));
            for (var c = 0; c < d; c++) dot += q[c] * p[c];
            for (var c = 0; c < d; c++) gradient[c] += q[c] * (times * (dot - 1) + 0.01 * dot);
            for (var c = 0; c < d; c++) trace += (times + 0.01) * q[c] * q[c];
        }
        for (var c = 0; c < d; c++) Assert.Equal(0, gradient[c] + 0.01 * trace / d * p[c], 1e-5);
    }

    [Fact]
    public void ItemsWithoutValuesGiveARowOfZeros() => Assert.Equal([0, 0], FoldIn.Row(Tensor.Zeros((3, 2)), new Ids(1)).Values.ToArray());
}
