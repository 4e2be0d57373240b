using Bulwark.Attacks.Text;
using Bulwark.Features;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.Text;

public sealed class TextLimitTests
{
    [Fact]
    public void EachViolationIsNamed()
    {
        new TextLimit(1).Check("a b c d", "a x c d");
        Refuses("2 words, more than 1", new(1), "x x c d");
        new TextLimit(2, Share: 0.5).Check("a b c d", "x x c d");
        Refuses("2 of 4 words", new(2, Share: 0.4), "x x c d");
        Refuses("similar by", new(2, LeastSimilarity: 0.9, Similarity: (_, _) => 0.8), "a b c");
        Assert.Contains("TextSimilarity", Assert.Throws<InvalidOperationException>(() => new TextLimit(1, LeastSimilarity: 0.5).Check("a", "a")).Message);

        static void Refuses(string words, TextLimit limit, string edited) =>
            Assert.Contains(words, Assert.Throws<ArgumentException>(() => limit.Check("a b c d", edited)).Message);
    }

    /// <summary>Both terms are in one of two texts, so that their weights are equal: cos((1, 1), (1, 0)) = 1 / √2. Vectors (3, 4) and (4, 3): 24 / 25.</summary>
    [Fact]
    public void SimilaritiesAreCosines()
    {
        var similarity = TextSimilarity.TfIdf(new TextVectorizer(["red mug", "tea"], new WordTokenizer()));
        Assert.Equal(Math.Sqrt(0.5), similarity("red mug", "mug"), 1e-6);
        Assert.Equal(0, similarity("red mug", "unknown"));
        Assert.Equal(0.96, TextSimilarity.Embedded(_ => Tensor.Of((2, 2), 3, 4, 4, 3))("x", "y"), 1e-6);
    }
}
