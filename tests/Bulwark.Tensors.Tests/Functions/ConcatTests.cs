namespace Bulwark.Tensors.Tests.Functions;

public sealed class ConcatTests
{
    [Fact]
    public void AlongEachAxis()
    {
        var (x, y) = (Tensor.Of((2, 2), 1, 2, 3, 4), Tensor.Of((2, 1), 5, 6));
        Assert.Equal([1, 2, 5, 3, 4, 6], Tensor.Concat(1, x, y).Values);
        Assert.Equal([1, 2, 5, 3, 4, 6], Tensor.Concat(-1, x, y).Values);
        Assert.Equal([1, 2, 3, 4, 5, 6], Tensor.Concat(0, x, y.Reshape((1, 2))).Values);
    }

    [Fact]
    public void SlicesUndoIt()
    {
        var (x, y) = (Tensor.Gaussian((3, 2, 4), 1, new Rng(1)), Tensor.Gaussian((3, 5, 4), 1, new Rng(2)));
        var both = Tensor.Concat(1, x, y);
        Assert.Equal(x.Values, both.Slice(1, 0, 2).Values);
        Assert.Equal(y.Values, both.Slice(1, 2, 5).Values);
        Assert.Equal([0, 0, 1, 2, 0], Tensor.Of(2, 1, 2).Pad(0, 2, 5).Values);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.Throws<ArgumentException>(() => Tensor.Concat(0));
        Assert.Throws<ArgumentException>(() => Tensor.Concat(0, Tensor.Zeros((2, 3)), Tensor.Zeros((2, 2))));
        Assert.Throws<ArgumentException>(() => Tensor.Concat(0, Tensor.Zeros(2), Tensor.Zeros((2, 2))));
        Assert.Contains("3 elements from 2", Assert.Throws<ArgumentException>(() => Tensor.Zeros(4).Slice(0, 2, 3)).Message);
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(4).Slice(0, -1, 3));
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(4).Pad(0, 2, 5));
    }
}
