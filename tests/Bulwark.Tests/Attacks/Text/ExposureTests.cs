using Bulwark.Attacks.Text;
using Bulwark.Data;
using Bulwark.Features;

namespace Bulwark.Tests.Attacks.Text;

public sealed class ExposureTests
{
    private static readonly string[] Texts = ["red tea", "red cup", "blue tent", "oak 椅子", "blue 椅子"];

    /// <summary>User 0 likes red things, user 1 tents, user 2 has everything.</summary>
    private static readonly Interactions Liked = Blocks.Of(3, 5, [(0, 0), (1, 2), (2, 0), (2, 1), (2, 2), (2, 3), (2, 4)]);

    private static readonly TextVectorizer Terms = new(Texts, JoinedTokenizer.EnglishAndChinese);

    public static TheoryData<string> Victims => ["tf-idf", "bm25", "encoder"];

    private static TextVictim Victim(string name) => name switch
    {
        "encoder" => TextVictim.Embedded(Liked, Texts, texts => Terms.TfIdf(texts).ToTensor()),
        "bm25" => TextVictim.Bm25(Liked, Texts, Terms),
        _ => TextVictim.TfIdf(Liked, Texts, Terms),
    };

    /// <summary>One item edited is the catalog learned from the old texts with the new one in its place.</summary>
    [Theory, MemberData(nameof(Victims))]
    public void AnEditChangesTheItemsOwnScoreAlone(string name)
    {
        var victim = Victim(name);
        Assert.Equal(name, victim.Name);
        float[] before = new float[5], after = new float[5];
        victim.Clean.Score([0], before);
        victim.With(3, "oak red tea").Score([0], after);
        Assert.True(after[3] > before[3]);
        Assert.Equal([.. before.Where((_, item) => item != 3)], after.Where((_, item) => item != 3));
        Assert.Equal([after[3], before[3]], victim.Scores([0], ["oak red tea", Texts[3]]));
        victim.With(3, Texts[3]).Score([0], after);
        Assert.Equal(before, after);
    }

    /// <summary>
    /// TF-IDF of user 0 against the others: item 1 shares "red", items 2 to 4 nothing. With k = 1 the bar for item 3 is item 1's score s, and σ((ŷ − s) / τ) is
    /// above a half exactly when item 3 comes before it. User 2 has the item and does not count.
    /// </summary>
    [Fact]
    public void AHalfIsTheBar()
    {
        var scores = Exposure.Of(Victim("tf-idf"), 3, Liked.ByUser, [0, 2], 1);
        var worth = scores(["oak 椅子", "red cup", "red tea", "red"]);
        Assert.True(worth[0] < 0.5);
        Assert.Equal(0.5, worth[1], 1e-6);                   // the same text as the item at the bar
        Assert.True(worth[2] > 0.5 && worth[3] > 0.5 && worth[2] > worth[3]);
        Assert.Contains("Everybody", Assert.Throws<ArgumentException>(() => Exposure.Of(Victim("tf-idf"), 3, Liked.ByUser, [2], 1)).Message);
    }

    /// <summary>Greedy edits with the words of popular items bring an item before its bar, in English and in Chinese.</summary>
    [Theory]
    [InlineData(0, 3)]
    [InlineData(0, 2)]
    public void WordsOfPopularItemsLiftAnItem(int user, int target)
    {
        var edits = new TextEdits(Candidates.Popular(Texts, [9, 5, 1, 1, 0], JoinedTokenizer.EnglishAndChinese));
        var scores = Exposure.Of(Victim("tf-idf"), target, Liked.ByUser, [user], 1);
        var edited = new GreedyEdits(edits, 10).Find(scores, Texts[target], new(1), new(1));
        Assert.Contains(Wording.Of(edited.Text).Words, word => word is "red" or "tea");
        Assert.True(edited.Before < 0.5 && edited.After > edited.Before);
        Assert.True(new GreedyEdits(edits, 10).Find(scores, Texts[target], new(2), new(1)).After > 0.5);
    }
}
