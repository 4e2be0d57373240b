using Bulwark.Attacks.Text;
using Bulwark.Evaluation;
using Bulwark.Features;

namespace Bulwark.Tests.Evaluation;

public sealed class TextStudyTests
{
    private static readonly string[] Texts = ["red tea", "red cup", "blue tent", "oak chair", "blue chair"];
    private static readonly Bulwark.Data.Interactions Liked = Blocks.Of(2, 5, [(0, 0), (1, 2)]);
    private static readonly TextVictim Victim = TextVictim.TfIdf(Liked, Texts, new(Texts, new WordTokenizer()));

    /// <summary>
    /// Item 3 shares nothing with anybody: of user 0 item 1 comes first and 2 to 4 tie at zero, of user 1 item 4 comes first and 0, 1 and 3 tie: rank 4 of both,
    /// since ties count against it. With "red tea" in it, it is the first of user 0: hit rate ½, mean rank 2.5.
    /// </summary>
    [Fact]
    public void BeforeAndAfterWorkedByHand()
    {
        var study = new TextStudy(Liked, [3], cutoff: 1);
        study.AddClean(Victim);
        study.Add(Victim, "edit", new Fixed("red tea"), new(2), 1);
        Assert.Equal(0, study.Value("tf-idf", "none", 0, study.Success));
        Assert.Equal(4, study.Value("tf-idf", "none", 0, "target rank"));
        Assert.Equal(0.5, study.Value("tf-idf", "edit", 2, study.Success));
        Assert.Equal(2.5, study.Value("tf-idf", "edit", 2, "target rank"));
        Assert.Equal(2, study.Value("tf-idf", "edit", 2, "words changed"));
        Assert.True(study.Value("tf-idf", "edit", 2, "standardized shift") > 0);
        Assert.Contains(study.Rows, row => row is { Model: "tf-idf", Attack: "edit", Epsilon: 2, Metric: "target hr@1", Value: 0.5 });
        Assert.Equal("red tea", Assert.Single(study.Edits).Edited.Text);
    }

    [Fact]
    public void AnEditBeyondItsLimitIsAnError()
    {
        var study = new TextStudy(Liked, [3], cutoff: 1);
        Assert.Contains("AddClean", Assert.Throws<InvalidOperationException>(() => study.Add(Victim, "edit", new Fixed("red"), new(2), 1)).Message);
        study.AddClean(Victim);
        Assert.Contains("more than 1", Assert.Throws<ArgumentException>(() => study.Add(Victim, "edit", new Fixed("red tea"), new(1), 1)).Message);
    }

    /// <summary>Answers with one text, whatever the limit.</summary>
    private sealed class Fixed(string text) : ITextAttack
    {
        public EditedText Find(TextScores scores, string original, TextLimit limit, Bulwark.Tensors.Rng rng)
        {
            var worth = scores([original, text]);
            return new(text, worth[0], worth[1], 2);
        }
    }
}
