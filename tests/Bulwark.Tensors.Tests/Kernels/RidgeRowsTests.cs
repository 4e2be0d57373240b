using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Tests.Kernels;

[Trait("Category", "Kernels")]
[Collection("Team")]
public sealed class RidgeRowsTests
{
    /// <summary>Factors 1 and 2; a row that touched the second: 2 / (½ (1 + 4) + 4 + 1.5) = ¼; one that touched nothing: 0.</summary>
    [Fact]
    public void OneFactorWorkedByHand()
    {
        var factors = Tensor.Of((2, 1), 1, 2);
        Assert.Equal([0.25f, 0], RidgeRows.Solve([0, 1, 1], [1], factors, 0.5f, [1.5f, 1.5f]).Values.ToArray());
        Assert.Equal([0.25f, 0], RidgeRows.Improve([0, 1, 1], [1], factors, 0.5f, [1.5f, 1.5f], Tensor.Of((2, 1), 7, 7), 1).Values.ToArray());
    }

    /// <summary>The residual of the normal equations is zero: w QᵀQ p + Σ q (q·p) + λ p = Σ q.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 0)]
    [InlineData(16, 0)]
    [InlineData(40, 0)]
    [InlineData(64, 0)]
    [InlineData(7, 20)]
    [InlineData(40, 90)]
    public void TheNormalEquationsHold(int d, int steps)
    {
        var (factors, start, touched, ridges) = Problem(d);
        const float weight = 0.1f;
        var rows = Run(factors, start, touched, ridges, weight, steps).Values;
        var q = factors.Values;
        for (var row = 0; row < ridges.Length; row++)
        {
            var p = rows.Slice(row * d, d);
            var residual = new double[d];
            for (var item = 0; item < factors.Shape[0]; item++)
            {
                var (dot, times) = (0.0, touched[start[row]..start[row + 1]].Count(one => one == item));
                for (var c = 0; c < d; c++) dot += q[item * d + c] * p[c];
                for (var c = 0; c < d; c++) residual[c] += q[item * d + c] * (times * (dot - 1) + weight * dot);
            }
            for (var c = 0; c < d; c++) Assert.Equal(0, residual[c] + ridges[row] * p[c], 2e-3);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void ThreadsChangeNoBit(int steps)
    {
        var (factors, start, touched, ridges) = Problem(24);
        var threads = Team.Threads;
        var results = new[] { 1, 2, 3 }.Select(count =>
        {
            Team.Threads = count;
            return Run(factors, start, touched, ridges, 0.1f, steps).Values.ToArray();
        }).ToArray();
        Team.Threads = threads;
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    /// <summary>The bits of <see cref="SameBitsTests"/>' kind: the same on every instruction set.</summary>
    [Theory]
    [InlineData(0, 0x71F3BF943EF02D86)]
    [InlineData(3, 0x4A1AAB260EFCF32D)]
    public void TheBitsAreThose(int steps, ulong expected)
    {
        var (factors, start, touched, ridges) = Problem(24);
        var hash = 0xCBF29CE484222325;
        foreach (var value in Run(factors, start, touched, ridges, 0.1f, steps).Values) hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 0x100000001B3;
        Assert.True(expected == hash, $"The bits are 0x{hash:X16}.");
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        var factors = Tensor.Of((2, 1), 1, 2);
        Assert.Throws<ArgumentException>(() => RidgeRows.Solve([0, 1], [2], factors, 1, [1]));
        Assert.Throws<ArgumentException>(() => RidgeRows.Solve([0, 2], [1], factors, 1, [1]));
        Assert.Throws<ArgumentException>(() => RidgeRows.Solve([0], [1], factors, 1, [1]));
        Assert.Throws<ArgumentException>(() => RidgeRows.Improve([0, 1], [1], factors, 1, [1], Tensor.Zeros((2, 1)), 1));
        Assert.Contains("row 0", Assert.Throws<ArgumentException>(() => RidgeRows.Solve([0, 1], [0], Tensor.Zeros((1, 2)), 0, [0])).Message);
    }

    private static Tensor Run(Tensor factors, int[] start, int[] touched, float[] ridges, float weight, int steps) => steps == 0
        ? RidgeRows.Solve(start, touched, factors, weight, ridges)
        : RidgeRows.Improve(start, touched, factors, weight, ridges, Tensor.Zeros((ridges.Length, factors.Shape[1])), steps);

    /// <summary>40 rows over 30 factors; one row is longer than a chunk of gathered factors, one is empty.</summary>
    private static (Tensor Factors, int[] Start, int[] Touched, float[] Ridges) Problem(int d)
    {
        var (rng, start, touched) = (new Rng(5), new List<int> { 0 }, new List<int>());
        for (var row = 0; row < 40; row++)
        {
            for (var n = row switch { 3 => 600, 4 => 0, _ => 1 + rng.Next(20) }; n > 0; n--) touched.Add(rng.Next(30));
            start.Add(touched.Count);
        }
        var factors = Tensor.Uniform((30, d), -0.5f, 0.5f, new Rng(6));
        return (factors, [.. start], [.. touched], [.. Enumerable.Range(0, 40).Select(row => 0.5f + row / 40f)]);
    }
}
