using Bulwark.Attacks.Text;
using Bulwark.Features;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.Text;

public sealed class CandidatesTests
{
    /// <summary>ln(1 + 4/n) Σ w: tea ln 3 · 12 = 13.2, cup ln 5 · 9 = 14.5, red ln 5 · 3 = 4.8; 绿茶 is the only Chinese gram.</summary>
    [Fact]
    public void WordsOfPopularItemsComeFirst()
    {
        var words = Candidates.Popular(["tea cup", "red tea", null, "绿茶"], [9, 3, 0, 2], JoinedTokenizer.EnglishAndChinese, 2);
        Assert.Equal(["cup", "tea"], words("mug"));
        Assert.Equal(["cup", "tea"], words(null));                                               // most words are not Chinese
        Assert.Equal(["绿茶"], words("红"));
    }

    /// <summary>Cosines with (1, 0): .8, 0 and .6.</summary>
    [Fact]
    public void NearWordsAreThoseOfTheLargestCosines()
    {
        string[] words = ["mug", "cup", "tent", "bowl"];
        var vectors = Tensor.Of((4, 2), 2, 0, 0.8f, 0.6f, 0, 1, 3, 4);
        Assert.Equal(["cup", "bowl"], Candidates.Near(words, vectors)("Mug"));
        Assert.Equal(["cup"], Candidates.Near(words, vectors, 0.7f)("mug"));
        Assert.Equal(["cup"], Candidates.Near(words, vectors, most: 1)("mug"));
        Assert.Empty(Candidates.Near(words, vectors)("unknown"));
    }

    [Fact]
    public void MisspellingsKeepTheEnds()
    {
        Assert.Equal(["tnet", "tnt", "tet", "teent", "tennt"], Candidates.Misspelled("tent"));
        Assert.Empty(Candidates.Misspelled("a"));
        Assert.Empty(Candidates.Misspelled("尤克里里"));
        Assert.Equal(["x", "tnet", "tnt", "tet", "teent", "tennt"], Candidates.Joined(_ => ["x"], Candidates.Misspelled)("tent"));
    }
}
