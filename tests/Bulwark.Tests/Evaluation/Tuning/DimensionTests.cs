using Bulwark.Evaluation.Tuning;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation.Tuning;

public class DimensionTests
{
    [Fact]
    public void PlacesAreEvenOnTheScale()
    {
        Assert.Equal([2, 3, 4], new[] { 0, 0.5, 1 }.Select(Dimension.Real("d", 2, 4).At));
        Assert.Equal([0.0001, 0.01, 1], new[] { 0, 0.5, 1 }.Select(Dimension.Real("d", 1e-4, 1, log: true).At));       // √(10⁻⁴ · 1) = 10⁻²
        Assert.Equal([1, 1, 2, 3, 4, 4], new[] { 0, 0.24, 0.26, 0.51, 0.76, 1 }.Select(Dimension.Whole("d", 1, 4).At));
        Assert.Equal([0, 1, 2], new[] { 0.3, 0.4, 0.7 }.Select(Dimension.Choice("d", "a", "b", "c").At));
        // From ½ to 8½ on a logarithmic scale the middle is √(½ · 8½) = 2.06.
        Assert.Equal([1, 2, 8], new[] { 0, 0.5, 1 }.Select(Dimension.Whole("d", 1, 8, log: true).At));
        Assert.Equal(0.1235, Dimension.Real("d", 0, 1).At(0.123456));                                                  // four digits
    }

    [Fact]
    public void AValueIsItsPlaceAndItsText()
    {
        var rng = new Rng(3);
        foreach (var dimension in TuningWorld.Mixed.Dimensions)
            for (var n = 0; n < 200; n++)
            {
                var value = dimension.At(rng.NextDouble());
                Assert.InRange(value, dimension.Low, dimension.High);
                Assert.Equal(value, dimension.At(dimension.Unit(value)));
                Assert.Equal(value, dimension.Read(dimension.Text(value)));
            }
        Assert.Equal("b", Dimension.Choice("d", "a", "b").Text(1));
        Assert.Equal("0.05", Dimension.Real("d", 0, 1).Text(0.05));
    }

    [Theory]
    [InlineData("x"), InlineData("-0.1"), InlineData("1.1"), InlineData("NaN"), InlineData("")]
    public void OtherTextsAreNoValues(string text)
    {
        Assert.True(double.IsNaN(Dimension.Real("d", 0, 1).Read(text)));
        Assert.True(double.IsNaN(Dimension.Choice("d", "a", "b").Read(text)));
    }

    [Fact]
    public void RangesThatHoldNothingAreRefused()
    {
        Assert.Contains("put the lower bound first", Assert.Throws<ArgumentException>(() => Dimension.Real("d", 2, 1)).Message);
        Assert.Throws<ArgumentException>(() => Dimension.Real("d", 1, 1));
        Assert.Throws<ArgumentException>(() => Dimension.Whole("d", 2, 1));
        Assert.Throws<ArgumentException>(() => Dimension.Real("d", 0, double.PositiveInfinity));
        Assert.Contains("above 0", Assert.Throws<ArgumentException>(() => Dimension.Real("d", 0, 1, log: true)).Message);
        Assert.Throws<ArgumentException>(() => Dimension.Choice("d"));
        Assert.Throws<ArgumentException>(() => Dimension.Choice("d", "a", "a"));
        Assert.Throws<ArgumentException>(() => new SearchSpace());
        Assert.Throws<ArgumentException>(() => new SearchSpace(Dimension.Real("d", 0, 1), Dimension.Whole("d", 0, 1)));
    }
}
