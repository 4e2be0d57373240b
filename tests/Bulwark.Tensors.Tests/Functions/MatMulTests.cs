namespace Bulwark.Tensors.Tests.Functions;

public sealed class MatMulTests
{
    /// <summary>(1 2; 3 4)(5 6; 7 8) = (19 22; 43 50).</summary>
    [Fact]
    public void ByHandAndTransposed()
    {
        var (x, y) = (Tensor.Of((2, 2), 1, 2, 3, 4), Tensor.Of((2, 2), 5, 6, 7, 8));
        Assert.Equal([19, 22, 43, 50], x.MatMul(y).Values);
        Assert.Equal([19, 22, 43, 50], x.Transpose().MatMul(y, transposeX: true).Values);
        Assert.Equal([19, 22, 43, 50], x.MatMul(y.Transpose(), transposeY: true).Values);
        Assert.Equal([19, 22, 43, 50], x.Transpose().MatMul(y.Transpose(), true, true).Values);
    }

    [Theory, InlineData(false, false), InlineData(true, false), InlineData(false, true), InlineData(true, true)]
    public void BatchesAreProductsSideBySide(bool transposeX, bool transposeY)
    {
        var x = Tensor.Gaussian(transposeX ? (2, 3, 5, 4) : (2, 3, 4, 5), 1, new Rng(1));
        var y = Tensor.Gaussian(transposeY ? (2, 3, 6, 5) : (2, 3, 5, 6), 1, new Rng(2));
        var z = x.MatMul(y, transposeX, transposeY);
        Assert.Equal((2, 3, 4, 6), z.Shape);
        var (xs, ys, zs) = (x.Reshape((6, x.Shape[2], x.Shape[3])), y.Reshape((6, y.Shape[2], y.Shape[3])), z.Reshape((6, 4, 6)));
        for (var i = 0; i < 6; i++)
        {
            var (a, b) = (xs.Slice(0, i, 1).Reshape((x.Shape[2], x.Shape[3])), ys.Slice(0, i, 1).Reshape((y.Shape[2], y.Shape[3])));
            Assert.Equal(a.MatMul(b, transposeX, transposeY).Values, zs.Slice(0, i, 1).Values);
        }
    }

    [Fact]
    public void ShapesThatDoNotMatchAreRefused()
    {
        Assert.Contains("(2, 3) and (2, 3)", Assert.Throws<ArgumentException>(() => Tensor.Zeros((2, 3)).MatMul(Tensor.Zeros((2, 3)))).Message);
        Assert.Throws<ArgumentException>(() => Tensor.Zeros((2, 2, 3)).MatMul(Tensor.Zeros((3, 3, 2))));
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(3).MatMul(Tensor.Zeros(3)));
    }

    [Fact]
    public void LinearIsProductPlusBias()
    {
        var (x, w, b) = (Tensor.Gaussian((2, 3, 4), 1, new Rng(1)), Tensor.Gaussian((4, 5), 1, new Rng(2)), Tensor.Gaussian(5, 1, new Rng(3)));
        Close.To((x.Reshape((6, 4)).MatMul(w) + b).Reshape((2, 3, 5)), x.Linear(w, b), 1e-6);
        Close.To(x.Linear(w) + b, x.Linear(w, b), 1e-6);
        Assert.Throws<ArgumentException>(() => x.Linear(w, Tensor.Zeros(4)));
    }
}
