using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Neural;

public sealed class TransposedConvolutionTests
{
    /// <summary>
    /// One pixel of 3 through a window of 2 × 2 by 2 with the weights 1, 2, 3, 4 becomes an image of 3, 6, 9, 12, and the bias of 10 is added everywhere.
    /// </summary>
    [Fact]
    public void APixelBecomesItsWindow()
    {
        var layer = new TransposedConvolution("up", new(2, 2, 2));
        var at = layer.Start(new Point(), 1, 1, new Rng(1));
        at = at.Map((variable, value) => variable.Name == "up.bias" ? Tensor.Of(1, 10) : Tensor.Of((2, 2, 1, 1), 1, 2, 3, 4));
        var image = layer.Of(at, Tensor.Of((1, 1, 1, 1), 3), 2, 2);
        Assert.Equal(new Shape(1, 2, 2, 1), image.Shape);
        Assert.Equal([13, 16, 19, 22], image.Values);
    }

    /// <summary>Starting weights keep the variance of relu'd inputs: mean square of inputs times 2.</summary>
    [Fact]
    public void StartingWeightsKeepTheSize()
    {
        var layer = new TransposedConvolution("up", new(4, 4, 2, 1));
        var at = layer.Start(new Point(), 32, 16, new Rng(1));
        var x = Tensor.Gaussian((8, 7, 7, 32), 1, new Rng(2));
        var y = layer.Of(at, x, 14, 14);
        Assert.Equal(2, (y * y).Mean().Item(), 0.4);
    }
}
