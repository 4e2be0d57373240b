using Bulwark.Evaluation.Charts;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation.Charts;

public class SampleGridTests
{
    /// <summary>Three images of 1 × 2, two in a row: a gap of a pixel between them and between the rows, and an empty place at the end.</summary>
    [Fact]
    public void ImagesStandInRows()
    {
        var images = Tensor.Of((3, 1, 2, 1), [0, 1, 0.2f, 0.6f, 1, 0]);
        var (width, height, pixels) = GrayPngTests.Decode(SampleGrid.Png(images, 2));
        Assert.Equal((5, 3), (width, height));
        Assert.Equal([0, 255, 128, 51, 153, 128, 128, 128, 128, 128, 255, 0, 128, 128, 128], pixels);
    }

    [Fact]
    public void WhatIsDarkerThanBlackIsBlack() =>
        Assert.Equal([0, 255], GrayPngTests.Decode(SampleGrid.Png(Tensor.Of((1, 1, 2, 1), [-3, 7]), 1)).Pixels);

    [Fact]
    public void OnlyGrayImages()
    {
        Assert.Contains("gray", Assert.Throws<ArgumentException>(() => SampleGrid.Png(Tensor.Zeros((2, 4, 4, 3)), 2)).Message);
        Assert.Throws<ArgumentException>(() => SampleGrid.Png(Tensor.Zeros((2, 4, 4, 1)), 0));
    }
}
