using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Tests.Kernels;

[Trait("Category", "Kernels")]
[Collection("Team")]
public sealed class SymmetricInverseTests
{
    /// <summary>(2 1; 1 1)⁻¹ = (1 −1; −1 2).</summary>
    [Fact]
    public void TwoByTwoWorkedByHand()
    {
        float[] matrix = [2, 1, 1, 1];
        SymmetricInverse.Invert(matrix, 2);
        Assert.Equal([1, -1, -1, 2], matrix);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(128)]                                          // one whole block
    [InlineData(129)]
    [InlineData(300)]
    public void TheProductWithTheMatrixIsOne(int n)
    {
        var matrix = Definite(n);
        var inverse = matrix.ToArray();
        SymmetricInverse.Invert(inverse, n);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < n; k++) sum += (double)matrix[i * n + k] * inverse[k * n + j];
                Assert.Equal(i == j ? 1 : 0, sum, 1e-4);
                Assert.Equal(inverse[i * n + j], inverse[j * n + i], 1e-5f);
            }
    }

    [Fact]
    public void ThreadsAndVectorsChangeNoBit()
    {
        var threads = Team.Threads;
        var results = new[] { 1, 2, 3 }.Select(count =>
        {
            Team.Threads = count;
            var matrix = Definite(300);
            SymmetricInverse.Invert(matrix, 300);
            return matrix;
        }).ToArray();
        Team.Threads = threads;
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void WhatHasNoInverseIsRefused()
    {
        Assert.Contains("pivot 1", Assert.Throws<ArgumentException>(() => SymmetricInverse.Invert(new float[] { 1, 1, 1, 1 }, 2)).Message);
        Assert.Throws<ArgumentException>(() => SymmetricInverse.Invert(new float[] { float.NaN }, 1));
        Assert.Throws<OperationCanceledException>(() => SymmetricInverse.Invert(new float[] { 1 }, 1, new CancellationToken(canceled: true)));
        Assert.Throws<ArgumentException>(() => SymmetricInverse.Invert(new float[3], 2));
        SymmetricInverse.Invert([], 0);
    }

    /// <summary>XᵀX + 5I for n + 3 random rows.</summary>
    private static float[] Definite(int n)
    {
        var x = Tensor.Gaussian((n + 3, n), 1, new Rng((ulong)n));
        var matrix = x.MatMul(x, transposeX: true).Values.ToArray();
        for (var i = 0; i < n; i++) matrix[i * n + i] += 5;
        return matrix;
    }
}
