namespace Bulwark.Tensors.Tests.Functions;

public sealed class ConvolveTests
{
    public static TheoryData<int, int, int, int> Windows
    {
        get
        {
            var data = new TheoryData<int, int, int, int>();
            foreach (var (height, width) in new[] { (1, 1), (3, 3), (2, 5) })
                for (var stride = 1; stride <= 3; stride++)
                    for (var padding = 0; padding <= 2; padding++) data.Add(height, width, stride, padding);
            return data;
        }
    }

    [Theory, MemberData(nameof(Windows))]
    public void ValuesAreThoseOfTheFormula(int height, int width, int stride, int padding)
    {
        Tensor x = Drawn((3, 7, 6, 5), 1), weights = Drawn((height, width, 5, 4), 2), bias = Drawn(4, 3);
        var y = x.Convolve(weights, bias, stride, padding);
        Close.To(y.Shape, Naive(x, weights, bias, stride, padding), y, 1e-5);
        Assert.Equal((Shape)(3, (7 + 2 * padding - height) / stride + 1, (6 + 2 * padding - width) / stride + 1, 4), y.Shape);
    }

    /// <summary>A row of a patch is four floats long here, which has a path of its own.</summary>
    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 2)]
    public void ValuesAreThoseOfTheFormulaWhereRowsAreShort(int channels, int width)
    {
        Tensor x = Drawn((3, 7, 6, channels), 1), weights = Drawn((3, width, channels, 4), 2), bias = Drawn(4, 3);
        Close.To(x.Convolve(weights, bias, 2, 1).Shape, Naive(x, weights, bias, 2, 1), x.Convolve(weights, bias, 2, 1), 1e-5);
        var window = new Window(3, width, 2, 1);
        var other = Drawn(x.Patches(window).Shape, 2);
        Assert.Equal((x.Patches(window) * other).Sum().Item(), (x * other.FoldPatches(window, x.Shape)).Sum().Item(), 1e-3f);
    }

    /// <summary>⟨Patches(x), p⟩ = ⟨x, FoldPatches(p)⟩: each is the transpose of the other.</summary>
    [Theory, MemberData(nameof(Windows))]
    public void FoldingIsTheTransposeOfCutting(int height, int width, int stride, int padding)
    {
        var (x, window) = (Drawn((2, 7, 6, 3), 1), new Window(height, width, stride, padding));
        var patches = x.Patches(window);
        var other = Drawn(patches.Shape, 2);
        Assert.Equal((patches * other).Sum().Item(), (x * other.FoldPatches(window, x.Shape)).Sum().Item(), 1e-3f);
    }

    /// <summary>The image 1 2 / 3 4 through the window 1 10 / 100 1000, with zeros around: nine places.</summary>
    [Fact]
    public void ASmallImageWorkedByHand()
    {
        var y = Tensor.Of((1, 2, 2, 1), 1, 2, 3, 4).Convolve(Tensor.Of((2, 2, 1, 1), 1, 10, 100, 1000), padding: 1);
        Assert.Equal([1000, 2100, 200, 3010, 4321, 402, 30, 43, 4], y.Values.ToArray());
    }

    [Fact]
    public void ThreadsDoNotChangeABit()
    {
        var (x, w, threads) = (new Variable("x"), new Variable("w"), Team.Threads);
        var at = new Point((x, Drawn((40, 28, 28, 8), 1)), (w, Drawn((3, 3, 8, 16), 2)));
        try
        {
            var results = new[] { 1, 3 }.Select(count =>
            {
                Team.Threads = count;
                var move = Grad.Of(p => p[x].Convolve(p[w], null, 2, 1).Tanh().Sum(), at).Move;
                return move[x].Values.ToArray().Concat(move[w].Values.ToArray()).ToArray();
            }).ToArray();
            Assert.Equal(results[0], results[1]);
        }
        finally
        {
            Team.Threads = threads;
        }
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Tensor image = Tensor.Zeros((1, 4, 4, 2)), window = Tensor.Zeros((5, 5, 2, 1));
        Assert.Contains("does not fit", Assert.Throws<ArgumentException>(() => image.Convolve(window)).Message);
        Assert.Contains("(n, h, w, c)", Assert.Throws<ArgumentException>(() => image.Convolve(Tensor.Zeros((3, 3, 1, 1)))).Message);
        Assert.Contains("stride of 1", Assert.Throws<ArgumentException>(() => image.Patches(new(3, 3, 0))).Message);
        Assert.Contains("Images have", Assert.Throws<ArgumentException>(() => Tensor.Zeros((4, 4)).Patches(new(3, 3))).Message);
        Assert.Contains("patches of", Assert.Throws<ArgumentException>(() => image.FoldPatches(new(3, 3), (1, 4, 4, 2))).Message);
        Assert.Equal((Shape)(0, 2, 2, 3), Tensor.Zeros((0, 4, 4, 2)).Convolve(Tensor.Zeros((3, 3, 2, 3))).Shape);
    }

    private static Tensor Drawn(Shape shape, ulong seed) => Tensor.Uniform(shape, -1, 1, new Rng(seed));

    private static double[] Naive(Tensor x, Tensor weights, Tensor bias, int stride, int padding)
    {
        var (n, h, w, c) = (x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]);
        var (height, width, outputs) = (weights.Shape[0], weights.Shape[1], weights.Shape[3]);
        var result = new List<double>();
        for (var image = 0; image < n; image++)
            for (var top = -padding; top + height <= h + padding; top += stride)
                for (var left = -padding; left + width <= w + padding; left += stride)
                    for (var o = 0; o < outputs; o++)
                    {
                        double sum = bias.Values[o];
                        for (var row = 0; row < height; row++)
                            for (var column = 0; column < width; column++)
                                for (var channel = 0; channel < c; channel++)
                                    if (top + row >= 0 && top + row < h && left + column >= 0 && left + column < w)
                                        sum += x.Values[((image * h + top + row) * w + left + column) * c + channel]
                                            * (double)weights.Values[((row * width + column) * c + channel) * outputs + o];
                        result.Add(sum);
                    }
        return [.. result];
    }

    /// <summary>⟨x ∗ w, y⟩ = ⟨x, y ∗ᵀ w⟩: each is the transpose of the other. Values are those of the product with the patches, to the bit.</summary>
    [Theory, MemberData(nameof(Windows))]
    public void TheTransposedConvolutionIsTheTranspose(int height, int width, int stride, int padding)
    {
        Tensor x = Drawn((2, 7, 6, 3), 1), weights = Drawn((height, width, 3, 4), 2);
        var convolved = x.Convolve(weights, null, stride, padding);
        var y = Drawn(convolved.Shape, 3);
        Assert.Equal((convolved * y).Sum().Item(), (x * y.ConvolveTransposed(weights, x.Shape, stride, padding)).Sum().Item(), 1e-3f);
        var (window, flat) = (new Window(height, width, stride, padding), weights.Reshape((height * width * 3, 4)));
        Assert.Equal(x.Patches(window).Linear(flat).Values, convolved.Values);
        Assert.Equal(
            y.Reshape((y.Shape.Rows, 4)).MatMul(flat, transposeY: true).Reshape(x.Patches(window).Shape).FoldPatches(window, x.Shape).Values,
            y.ConvolveTransposed(weights, x.Shape, stride, padding).Values);
        Assert.Throws<ArgumentException>(() => y.ConvolveTransposed(weights, (2, 70, 6, 3), stride, padding));
    }
}
