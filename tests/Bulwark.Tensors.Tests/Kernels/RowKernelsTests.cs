using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Tests.Kernels;

/// <summary>Rows taken several at a time give the bits of the plain loops.</summary>
[Trait("Category", "Kernels")]
public sealed unsafe class RowKernelsTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(48)]
    [InlineData(64)]
    [InlineData(80)]
    [InlineData(144)]
    [InlineData(37)]
    public void DotsOfRowsAreThoseOfTheScalarLoop(int width)
    {
        var (x, y) = (Tensor.Gaussian((11, width), 1, new Rng(1)), Tensor.Gaussian((11, width), 1, new Rng(2)));
        var dots = x.Dot(y).Values;
        for (var row = 0; row < 11; row++) Assert.Equal(RowKernels.DotScalar(x.Data + row * width, y.Data + row * width, width), dots[row]);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(144)]
    [InlineData(37)]
    public void AStepOfManyRowsIsAStepOfEach(int width)
    {
        var (x, gradient) = (Tensor.Gaussian((23, width), 0.1f, new Rng(1)), Tensor.Gaussian((23, width), 1, new Rng(2)));
        var all = x.AscendRowsL2(gradient, 0.5f, 0.7f);
        for (var row = 0; row < 23; row++)
            Assert.Equal(x.Slice(0, row, 1).AscendRowsL2(gradient.Slice(0, row, 1), 0.5f, 0.7f).Values, all.Slice(0, row, 1).Values);
    }

    [Theory]
    [InlineData(7, 200)]
    [InlineData(900, 64)]
    [InlineData(1100, 100)]                                  // cut among threads
    public void ColumnsAreSummedInTheOrderOfTheirRows(int rows, int width)
    {
        var x = Tensor.Gaussian((rows, width), 1, new Rng(1));
        var sums = x.Sum(0).Values;
        for (var c = 0; c < width; c++)
        {
            var sum = 0f;
            for (var row = 0; row < rows; row++) sum += x.Values[row * width + c];
            Assert.Equal(sum, sums[c]);
        }
    }
}
