using Bulwark.Attacks.Text;

namespace Bulwark.Tests.Attacks.Text;

/// <summary>What holds of every search for a better text.</summary>
public sealed class TextAttackTests
{
    private const string English = "plain oak chair, made by hand", Chinese = "橡木椅子，手工制作";

    /// <summary>Words and what each adds; the rest adds 0.1 a letter, so that texts differ.</summary>
    private static readonly Dictionary<string, float> Worth = new()
    {
        ["red"] = 3, ["warm"] = 2, ["tea"] = 5, ["oak"] = 1, ["chair"] = -2, ["复"] = 3, ["古"] = 2, ["茶"] = 5, ["橡"] = 1, ["椅"] = -2,
    };

    private static readonly TextEdits Edits = new(
        word => Has(word) ? ["复古", "茶", "竹"] : ["red", "warm", "tea"], word => ["red", "复古"], Deletes: true, Swaps: true);

    private static readonly (string Name, ITextAttack Attack)[] Attacks =
        [("greedy", new GreedyRewriting(Edits)), ("greedy, all places", new GreedyRewriting(Edits, 100)), ("random", new RandomRewriting(Edits, 5))];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (name, _) in Attacks)
                foreach (var text in new[] { English, Chinese }) cases.Add(name, text);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void ResultsKeepTheLimitAndRepeat(string name, string text)
    {
        var attack = Attacks.Single(one => one.Name == name).Attack;
        var limit = new TextLimit(3, 0.5, 0.3, (x, y) => 1 - Math.Abs(x.Length - y.Length) / 20.0);
        var edited = attack.Find(Scores, text, limit, new(1));
        limit.Check(text, edited.Text);
        Assert.Equal(Scores([text, edited.Text]), [edited.Before, edited.After]);
        Assert.True(edited.After >= edited.Before);
        Assert.Equal(edited, attack.Find(Scores, text, limit, new(1)));
    }

    [Theory, MemberData(nameof(Cases))]
    public void NoWordsChangeNothing(string name, string text)
    {
        var edited = Attacks.Single(one => one.Name == name).Attack.Find(Scores, text, new(0), new(1));
        Assert.Equal(text, edited.Text);
        Assert.Equal(edited.Before, edited.After);
    }

    [Theory]
    [InlineData(English)]
    [InlineData(Chinese)]
    public void MoreWordsAreNeverWorseAndGreedBeatsChance(string text)
    {
        var last = float.NegativeInfinity;
        for (var words = 0; words <= 4; words++)
        {
            var after = new GreedyRewriting(Edits).Find(Scores, text, new(words), new(1)).After;
            Assert.True(after >= last);
            last = after;
            var chance = Enumerable.Range(1, 20).Average(seed => new RandomRewriting(Edits).Find(Scores, text, new(words), new((ulong)seed)).After);
            if (words > 0) Assert.True(after > chance);
        }
    }

    /// <summary>With every place allowed, one step is the best of all texts one edit away.</summary>
    [Theory]
    [InlineData(English)]
    [InlineData(Chinese)]
    public void OneWordIsBruteForce(string text)
    {
        var wording = Wording.Of(text);
        var all = Edits.Around(wording, [.. Enumerable.Range(0, wording.Words.Count)]).Where(other => wording.Distance(Wording.Of(other)) == 1).ToArray();
        Assert.Equal(Scores(all).Max(), new GreedyRewriting(Edits, 100).Find(Scores, text, new(1), new(1)).After);
    }

    /// <summary>Two words: "chair" (−2) becomes "tea" (+5), then "plain" or another becomes a second "tea", which counts once, or "red" (+3).</summary>
    [Fact]
    public void GreedWorkedByHand()
    {
        var edited = new GreedyRewriting(Edits, 100).Find(Scores, "chair", new(2), new(1));
        Assert.Equal(["red", "tea"], Wording.Of(edited.Text).Words.Order());
        Assert.Equal(-1.5f, edited.Before, 1e-5f);           // −2 and five letters
        Assert.Equal(8.6f, edited.After, 1e-5f);             // 5 + 3 and six letters
    }

    [Fact]
    public void EverySettingCounts()
    {
        var usual = new GreedyRewriting(Edits, 100);
        float After(GreedyRewriting attack) => attack.Find(Scores, English, new(3), new(1)).After;
        Assert.True(After(usual with { Places = 1, Edits = Edits with { Inserts = null } }) < After(usual));
        Assert.True(After(usual with { Most = 2 }) < After(usual));
        Assert.True(usual.Find(Scores, English, new(3), new(1)).Queries > (usual with { Goal = 3 }).Find(Scores, English, new(3), new(1)).Queries);
        Assert.True(Found(tries: 50) > Found(tries: 1));
        Assert.True(After(usual with { Edits = new(Deletes: true) }) < After(usual));
        Assert.Equal(51, new RandomRewriting(new(Inserts: Around)).Find(Scores, English, new(0), new(1)).Queries + 50);   // one text, asked once

        static double Found(int tries) => new RandomRewriting(Edits, tries).Find(Scores, English, new(2), new(1)).After;

        static IReadOnlyList<string> Around(string? word) => ["red"];
    }

    private static bool Has(string? word) => word is { } && word[0] > 0x4E00;

    private static IReadOnlyList<float> Scores(IReadOnlyList<string> texts) =>
        [.. texts.Select(text => Wording.Of(text).Words.Distinct().Sum(word => Worth.GetValueOrDefault(word) + 0.1f * word.Length))];
}
