using Bulwark.Data;
using Bulwark.Features;

namespace Bulwark.Tests.Features;

public sealed class AttributeTests
{
    private static readonly AttributeTable Table = new(new Vocabulary(["a", "b", "c", "d"]),
    [
        new("kind", ["x", "y", "x", null]), new("price", [1, 3, 5, float.NaN]), new("words", ["red big", "red", null, "big big"], AttributeKind.TokenSequence),
        new("vector", ["1 2", "3 4", "5 6", "7 8"], AttributeKind.FloatSequence),
    ]);

    /// <summary>Kinds x, y; prices 1, 3, 5 of mean 3 and deviation √(8/3); words red, big, where two words weigh 1/√2 each.</summary>
    [Fact]
    public void VectorsWorkedByHand()
    {
        var (z, half) = (2 / MathF.Sqrt(8f / 3), MathF.Sqrt(0.5f));
        float[] expected =
        [
            1, 0, -z, half, half,
            0, 1, 0, 1, 0,
            1, 0, z, 0, 0,
            0, 0, 0, 0, 1,
        ];
        var actual = AttributeVectors.Of(Table, "kind", "price", "words").ToTensor();
        Assert.Equal(5, actual.Shape[1]);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual.Values[i], 1e-6f);
        Assert.Equal([("kind", 0, 2), ("price", 2, 1), ("words", 3, 2)],
            AttributeVectors.Layout(Table, "kind", "price", "words").Select(part => (part.Attribute.Name, part.First, part.Count)));
        Assert.Contains("vector", Assert.Throws<ArgumentException>(() => AttributeVectors.Of(Table, "vector")).Message);
        Assert.Throws<KeyNotFoundException>(() => AttributeVectors.Of(Table, "brand"));
    }

    /// <summary>Range of prices 4. a, c: (3 · 1 + 1 · 0) / 4; a, b: (0 + 1 − 2/4) / 4; d has neither.</summary>
    [Fact]
    public void SimilarityWorkedByHand()
    {
        var alike = new AttributeSimilarity(Table, ("kind", 3), ("price", 1));
        Assert.Equal([1, 0.125f, 0.75f, 0], Enumerable.Range(0, 4).Select(j => alike.Of(0, j)));
        Assert.Equal(alike.Of(1, 2), alike.Of(2, 1));
        Assert.Throws<ArgumentException>(() => new AttributeSimilarity(Table));
        Assert.Throws<ArgumentException>(() => new AttributeSimilarity(Table, ("kind", 0)));
    }
}
