using Bulwark.Generative;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative;

public sealed class FrechetDistanceTests
{
    /// <summary>
    /// Samples ±1 and ±2 along one axis each, with n − 1 = 1: covariances diag(2, 0) and diag(0, 8) share nothing, so that the last term is 0: 0 + 2 + 8. Along
    /// the same axis: (√8 − √2)² = 2. Shifted by (3, 4): 25 more.
    /// </summary>
    [Fact]
    public void ByHand()
    {
        var (x, across, along) = (Tensor.Of((2, 2), 1, 0, -1, 0), Tensor.Of((2, 2), 0, 2, 0, -2), Tensor.Of((2, 2), 2, 0, -2, 0));
        Assert.Equal(10, FrechetDistance.Between(x, across), 1e-9);
        Assert.Equal(2, FrechetDistance.Between(x, along), 1e-9);
        Assert.Equal(27, FrechetDistance.Between(x, along + Tensor.Of(2, 3, 4)), 1e-9);
    }

    /// <summary>Symmetric, nothing between equal samples, and the same after a turn of both.</summary>
    [Fact]
    public void ItIsADistanceThatTurnsDoNotChange()
    {
        var (x, y) = (Tensor.Gaussian((50, 3), 1, new Rng(1)), Tensor.Gaussian((60, 3), 2, new Rng(2)) + 1);
        Assert.Equal(0, FrechetDistance.Between(x, x), 1e-6);
        Assert.Equal(FrechetDistance.Between(x, y), FrechetDistance.Between(y, x), 1e-6);
        var turn = Tensor.Of((3, 3), 0.6f, 0.8f, 0, -0.8f, 0.6f, 0, 0, 0, 1);
        Assert.Equal(FrechetDistance.Between(x, y), FrechetDistance.Between(x.MatMul(turn), y.MatMul(turn)), 1e-4);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.Throws<ArgumentException>(() => FrechetDistance.Between(Tensor.Zeros((3, 2)), Tensor.Zeros((3, 4))));
        Assert.Throws<ArgumentException>(() => FrechetDistance.Between(Tensor.Zeros((1, 2)), Tensor.Zeros((3, 2))));
        Assert.Throws<ArgumentException>(() => FrechetDistance.Between(Tensor.Zeros(3), Tensor.Zeros(3)));
    }
}
