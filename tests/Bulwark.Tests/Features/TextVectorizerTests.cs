using Bulwark.Features;
using Bulwark.Tensors;

namespace Bulwark.Tests.Features;

public sealed class TextVectorizerTests
{
    private static readonly string?[] Texts = ["red lamp", "red red cup", "blue lamp", null];

    private static TextVectorizer Terms(int fewest = 1) => new(Texts, new WordTokenizer(), fewest);

    /// <summary>
    /// N = 4; red and lamp are in 2 texts, cup and blue in 1. idf: ln(5 / 3) + 1 = 1.5108256, ln(5 / 2) + 1 = 1.9162907.
    /// "red red cup": (2 · 1.5108256, 1.9162907) of length √(9.1303762 + 3.6721701) = 3.5780645: (.8444932, .5355663).
    /// </summary>
    [Fact]
    public void TfIdfWorkedByHand()
    {
        var rows = Terms().TfIdf(Texts);
        Assert.Equal(["red", "lamp", "cup", "blue"], Terms().Terms.Ids);
        AssertRow(rows, 0, (0, MathF.Sqrt(0.5f)), (1, MathF.Sqrt(0.5f)));
        AssertRow(rows, 1, (0, 0.8444932f), (2, 0.5355663f));
        AssertRow(rows, 2, (1, 1.5108256f / 2.4402387f), (3, 1.9162907f / 2.4402387f));      // √(1.5108256² + 1.9162907²)
        AssertRow(rows, 3);
    }

    /// <summary>
    /// Lengths 2, 3, 2, 0: mean 1.75. idf of red: ln(1 + 2.5 / 2.5) = .6931472; of cup: ln(1 + 3.5 / 1.5) = 1.2039728.
    /// "red red cup": K = 1.2 (.25 + .75 · 3 / 1.75) = 1.8428571; red .6931472 · 2 · 2.2 / 3.8428571 = .7936407; cup 1.2039728 · 2.2 / 2.8428571 = .9317177.
    /// "red lamp": K = 1.2 (.25 + .75 · 2 / 1.75) = 1.3285714; each .6931472 · 2.2 / 2.3285714 = .6548753.
    /// </summary>
    [Fact]
    public void Bm25WorkedByHand()
    {
        var rows = Terms().Bm25(Texts);
        AssertRow(rows, 0, (0, 0.6548753f), (1, 0.6548753f));
        AssertRow(rows, 1, (0, 0.7936407f), (2, 0.9317177f));
    }

    /// <summary>With b = 0 length does not matter, with k₁ = 0 neither do repetitions.</summary>
    [Fact]
    public void EverySettingOfBm25Counts()
    {
        AssertRow(Terms().Bm25(Texts, b: 0), 1, (0, 0.6931472f * 4.4f / 3.2f), (2, 1.2039728f));
        AssertRow(Terms().Bm25(Texts, k1: 0), 1, (0, 0.6931472f), (2, 1.2039728f));
    }

    [Fact]
    public void RareTermsCanBeLeftOutAndUnknownOnesAre()
    {
        Assert.Equal(["red", "lamp"], Terms(2).Terms.Ids);
        AssertRow(Terms(2).TfIdf(["a RED-hot lamp, never seen"]), 0, (0, MathF.Sqrt(0.5f)), (1, MathF.Sqrt(0.5f)));
    }

    private static void AssertRow(SparseRows rows, int row, params (int Column, float Value)[] expected)
    {
        Assert.Equal(expected.Select(entry => entry.Column), rows.Row(row).ToArray());
        foreach (var (entry, value) in expected.Zip(rows.Values(row).ToArray())) Assert.Equal(entry.Value, value, 1e-6f);
    }
}
