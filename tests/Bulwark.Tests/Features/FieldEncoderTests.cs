using Bulwark.Data;
using Bulwark.Features;

namespace Bulwark.Tests.Features;

public sealed class FieldEncoderTests
{
    private static AttributeTable Table(string?[] color, float[] price) => new(
        new Vocabulary(Enumerable.Range(1, color.Length).Select(row => $"{row}")), [new("color", color), new("price", price), new("label", new float[color.Length])]);

    private static readonly AttributeTable Train = Table(["red", "blue", "red", null, null, "green"], [1, 3, float.NaN, 1, 3, float.NaN]);

    /// <summary>Red and missing occur twice and have indices of their own; blue, green and what is new share 0.</summary>
    [Fact]
    public void RareAndNewCategoriesShareAnIndex()
    {
        var encoder = new FieldEncoder(Train, ["color"], new(LeastCount: 2));
        Assert.Equal([1, 0, 1, 2, 2, 0], encoder.Encode(Train).Categories[0].Indices.ToArray());
        Assert.Equal([0, 2, 1], encoder.Encode(Table(["violet", null, "red"], [0, 0, 0])).Categories[0].Indices.ToArray());
        Assert.Equal(3, encoder.Encode(Train).Categories[0].Size);
        Assert.Equal(5, new FieldEncoder(Train, ["color"], new(LeastCount: 1)).Encode(Train).Categories[0].Size);
    }

    /// <summary>Training's 1, 3, 1, 3 have mean 2 and deviation 1: 5 becomes 3, a missing price 0 and a category of its own.</summary>
    [Fact]
    public void NumbersAreStandardizedAsTrainingWas()
    {
        var encoder = new FieldEncoder(Train, ["price"], new());
        var test = encoder.Encode(Table(["red", "red", "red"], [5, float.NaN, 2]));
        Assert.Equal([3, 0, 0], test.Numbers[0].Values.ToArray());
        var there = Assert.Single(test.Categories);
        Assert.Equal("price is there", there.Name);
        Assert.Equal([1, 2, 1], there.Indices.ToArray());
        Assert.Empty(new FieldEncoder(Train.Part([0, 1]), ["price"], new()).Encode(Train).Categories);
    }

    /// <summary>ln(1 + 0) and ln(1 + 3) = 1.386 have mean and deviation .693: −(e − 1) becomes −1 / .693 − 1.</summary>
    [Fact]
    public void LogarithmsKeepTheSign()
    {
        var train = Table(["a", "a"], [0, 3]);
        var values = new FieldEncoder(train, ["price"], new(Logarithm: true)).Encode(Table(["a", "a"], [3, 1 - MathF.E])).Numbers[0].Values.ToArray();
        Assert.Equal(1, values[0], 1e-5f);
        Assert.Equal(-2.442695f, values[1], 1e-5f);
    }

    /// <summary>Of three columns alike in what they hold, the cross has a category for each frequent pair.</summary>
    [Fact]
    public void CrossesAreCategoriesOfPairs()
    {
        var table = new AttributeTable(new Vocabulary(["1", "2", "3", "4"]), [new("a", ["x", "x", "y", "y"]), new("b", ["p", "p", "p", "q"])]);
        var encoded = new FieldEncoder(table, ["a", "b"], new() { Crosses = [("a", "b")] }).Encode(table);
        Assert.Equal(["a", "b", "a × b"], encoded.Categories.Select(field => field.Name));
        Assert.Equal([false, false, true], encoded.Categories.Select(field => field.IsCross));
        Assert.Equal([1, 1, 0, 0], encoded.Categories[2].Indices.ToArray());
    }

    [Fact]
    public void LabelsAreNumbers()
    {
        var encoder = new FieldEncoder(Train, ["color"], new());
        Assert.Equal(6, encoder.Encode(Train, "label").Labels.Length);
        Assert.True(encoder.Encode(Train).Labels.IsEmpty);
        Assert.Contains("'price' of labels", Assert.Throws<ArgumentException>(() => encoder.Encode(Train, "price")).Message);
        Assert.Contains("'color' of labels", Assert.Throws<ArgumentException>(() => encoder.Encode(Train, "color")).Message);
    }
}
