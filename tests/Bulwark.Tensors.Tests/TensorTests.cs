namespace Bulwark.Tensors.Tests;

public sealed class TensorTests
{
    [Fact]
    public void WhatIsMadeIsRead()
    {
        Assert.Equal([1, 2, 3, 4], Tensor.Of((2, 2), 1, 2, 3, 4).Values);
        Assert.Equal(7, Tensor.Scalar(7).Item());
        Assert.Equal("(2) [1, 2]", Tensor.Of(2, 1, 2).ToString());
        Assert.Equal("(100)", Tensor.Zeros(100).ToString());
        Assert.Contains("4 values, not 3", Assert.Throws<ArgumentException>(() => Tensor.Of((2, 2), 1, 2, 3)).Message);
        Assert.Contains("(2)", Assert.Throws<InvalidOperationException>(() => Tensor.Zeros(2).Item()).Message);
    }

    [Fact]
    public void RandomTensorsHaveTheirMoments()
    {
        const int count = 40_000;
        var (gaussian, uniform, truncated) = (
            Tensor.Gaussian(count, 3, new Rng(1)), Tensor.Uniform(count, -1, 5, new Rng(2)), Tensor.TruncatedGaussian(count, 3, new Rng(3)));
        Assert.Equal(0, gaussian.Mean().Item(), 5 * 3 / Math.Sqrt(count));
        Assert.Equal(9, (gaussian * gaussian).Mean().Item(), 5 * 9 * Math.Sqrt(2.0 / count));
        Assert.Equal(2, uniform.Mean().Item(), 5 * Math.Sqrt(3.0 / count));
        Assert.InRange(uniform.Min().Item(), -1, -0.99f);
        Assert.InRange(uniform.Max().Item(), 4.99f, 5);
        Assert.InRange(truncated.Abs().Max().Item(), 5.9f, 6);
    }

    /// <summary>A normal number has its share within one deviation, .6827, and neighbors are uncorrelated.</summary>
    [Fact]
    public void GaussiansAreNormalAndIndependent()
    {
        const int count = 40_000;
        var z = Tensor.Gaussian((count / 2, 2), 1, new Rng(8));
        Assert.Equal(0.6827, (1 - (z.Abs() - 1).Step()).Mean().Item(), 5 * Math.Sqrt(0.6827 * 0.3173 / count));
        Assert.Equal(0, (z.Slice(1, 0, 1) * z.Slice(1, 1, 1)).Mean().Item(), 5 / Math.Sqrt(count / 2));
        Assert.Equal(0, (z * Tensor.Gaussian((count / 2, 2), 1, new Rng(9))).Mean().Item(), 5 / Math.Sqrt(count));
    }

    [Fact]
    public void StoredRowsOfARowSparseTensor()
    {
        var sparse = Tensor.Of((3, 2), 1, 2, 3, 4, 5, 6).ScatterRows(new Ids(4, 1, 4), (6, 2));
        Assert.True(sparse.IsSparse);
        Assert.Equal([4, 1], sparse.StoredRows);
        Assert.Equal([6, 8, 3, 4], sparse.Stored.Values);
        Assert.Equal([0, 0, 3, 4, 0, 0, 0, 0, 6, 8, 0, 0], sparse.Values);
        var halved = sparse.WithStored(sparse.Stored * 0.5f);
        Assert.True(halved.IsSparse);
        Assert.Equal([0, 0, 1.5f, 2, 0, 0, 0, 0, 3, 4, 0, 0], halved.Values);
        var dense = Tensor.Of(2, 1, 2);
        Assert.Same(dense, dense.Stored);
        Assert.Contains("dense", Assert.Throws<InvalidOperationException>(() => dense.StoredRows[0]).Message);
    }

    /// <summary>A kept row-sparse tensor has its own rows: refilling the ids does not change it.</summary>
    [Fact]
    public void KeepCopiesRowsAndValues()
    {
        var ids = new Ids(4, 1, 4);
        Tensor kept, lost;
        using (Scope.Open())
        {
            lost = Tensor.Full((3, 2), 1).ScatterRows(ids, (6, 2));
            Assert.True(lost.IsSparse);
            kept = lost.Keep();
        }
        using (Scope.Open())
        {
            Tensor.Full((3, 2), 9).ScatterRows(ids, (6, 2)).Keep();
            ids.Fill([0, 0, 0]);
            Assert.Equal([4, 1], kept.StoredRows);
            Assert.Equal([2, 2, 1, 1], kept.Stored.Values);
            Assert.Throws<InvalidOperationException>(() => lost.Values[0]);
        }
    }

    [Fact]
    public void KeepOfPickedRowsIsDense()
    {
        var (table, ids) = (Tensor.Of((3, 1), 1, 2, 3), new Ids(2, 0));
        var kept = table.Rows(ids).Keep();
        ids.Fill([1, 1]);
        Assert.Equal([3, 1], kept.Values);
    }

    [Fact]
    public void TheSameValuesInAnotherShapeAreNotCopied()
    {
        var x = Tensor.Of((2, 3), 1, 2, 3, 4, 5, 6);
        Assert.Same(x, x.Reshape((2, 3)));
        Assert.True(x.Values.Overlaps(x.Reshape(6).Values));
        Assert.Contains("6 elements, (4)", Assert.Throws<ArgumentException>(() => x.Reshape(4)).Message);
    }

    /// <summary>
    /// Rows uniform in a ball of d dimensions: none is outside, E δ² = ε² / (d + 2) for each coordinate, odd widths' last among them, and no two neighbors or
    /// halves are correlated. Four deviations of a mean of 20,000 squares.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(34)]
    public void RowsAreUniformInTheBall(int width)
    {
        const int rows = 20_000;
        var values = Tensor.UniformInBall((rows, width), 2, new Rng(1)).Values.ToArray().Chunk(width).ToArray();
        Assert.All(values, row => Assert.InRange(row.Sum(x => (double)x * x), 0, 4.0001));
        var square = 4.0 / (width + 2);
        for (var c = 0; c < width; c++)
        {
            Assert.Equal(square, values.Average(row => (double)row[c] * row[c]), 0.06 * square);
            Assert.Equal(0, values.Average(row => (double)row[c]), 0.03 * Math.Sqrt(square));
            foreach (var other in new[] { (c + 1) % width, (c + width / 2) % width })
                if (other != c) Assert.Equal(0, values.Average(row => (double)row[c] * row[other]), 0.03 * square);
        }
    }
}
