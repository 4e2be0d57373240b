using System.Text.Json;
using Bulwark.Data;
using Bulwark.Models.Text;
using Bulwark.Tests.Data;

namespace Bulwark.Tests.Models.Text;

public sealed class WordPieceTests
{
    private static readonly WordPiece Pieces = new(WordPieceExamples.Vocabulary.Split(' '));

    [Fact]
    public void EnglishIsCutAsPublished() => Holds(WordPieceExamples.English, 180);

    [Fact]
    public void ChineseAndOtherScriptsAreCutAsPublished() => Holds(WordPieceExamples.Chinese, 60);

    [Fact]
    public void SequencesBeginAndEndAndAreCut()
    {
        int[] Ids(string pieces) => [.. pieces.Split(' ').Select(piece => Array.IndexOf(WordPieceExamples.Vocabulary.Split(' '), piece))];
        Assert.Equal(Ids("[CLS] white lamp ##s [SEP]"), Pieces.Encode("White Lamps"));
        Assert.Equal(Ids("[CLS] white lamp [SEP]"), Pieces.Encode("White Lamps", 4));
        Assert.Equal(Ids("[CLS] [SEP]"), Pieces.Encode(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pieces.Encode("lamp", 1));
    }

    [Fact]
    public void LongWordsAreUnknown()
    {
        Assert.Equal(100, Pieces.Tokens("a" + new string('b', 99)).Count);
        Assert.Equal(["[UNK]"], Pieces.Tokens("a" + new string('b', 100)));
    }

    [Fact]
    public void CaseAndAccentsStayWhereTheModelKeepsThem()
    {
        var cased = new WordPiece([.. "[PAD] [UNK] [CLS] [SEP] [MASK] Café cafe Cafe café".Split(' ')], new BasicTokenizer(lowerCase: false));
        Assert.Equal(["Café", "cafe"], cased.Tokens("Café cafe"));
        Assert.Equal(["Cafe"], new WordPiece(cased.Vocabulary, new BasicTokenizer(lowerCase: false, stripAccents: true)).Tokens("Café"));
        Assert.Equal(["café"], new WordPiece(cased.Vocabulary, new BasicTokenizer(stripAccents: false)).Tokens("CAFÉ"));
    }

    [Fact]
    public void AVocabularyWithoutTheMarksIsRefused() =>
        Assert.Contains("[MASK]", Assert.Throws<DataException>(() => new WordPiece([.. "[PAD] [UNK] [CLS] [SEP] a".Split(' ')])).Message);

    [Fact]
    public void BothKindsOfFilesGiveTheSameTokenizer()
    {
        using var folder = new TempFolder();
        WordPieceFiles.Write(folder.Path, Pieces);
        AssertSame(WordPieceFiles.Read(folder.Path));
        File.Delete(Path.Combine(folder.Path, "vocab.txt"));
        var vocabulary = Pieces.Vocabulary.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        File.WriteAllText(Path.Combine(folder.Path, "tokenizer.json"), JsonSerializer.Serialize(new
        {
            normalizer = new { type = "BertNormalizer", lowercase = true, strip_accents = (bool?)null },
            model = new { type = "WordPiece", unk_token = "[UNK]", continuing_subword_prefix = "##", vocab = vocabulary },
        }));
        AssertSame(WordPieceFiles.Read(folder.Path));
    }

    [Theory]
    [InlineData("{\"model\":{\"type\":\"BPE\",\"vocab\":{}}}", "WordPiece")]
    [InlineData("{\"model\":{\"vocab\":{\"a\":7}}}", "'a'")]
    [InlineData("{\"model\":{\"vocab\":{}}}", "[PAD]")]
    [InlineData("{\"model\":", "cut off")]
    public void OtherFilesAreRefusedInASentence(string json, string says)
    {
        using var folder = new TempFolder();
        Assert.Contains("neither", Assert.Throws<DataException>(() => WordPieceFiles.Read(folder.Path)).Message);
        File.WriteAllText(Path.Combine(folder.Path, "tokenizer.json"), json);
        var problem = Assert.Throws<DataException>(() => WordPieceFiles.Read(folder.Path)).Message;
        Assert.Contains(says, problem);
        Assert.Contains("tokenizer.json", problem);
    }

    /// <summary>"aab" 4 times, "ab" 3: first a ##b? No: ##a ##b occurs 4 times, a ##a 4, a ##b 3; of equals "##a ##b" comes first. Then a ##ab 4, a ##b 3.</summary>
    [Fact]
    public void AVocabularyIsLearnedByJoiningPairs()
    {
        string[] texts = ["aab aab ab", "aab AB", null!, "aab ab"];
        string[] expected = [.. "[PAD] [UNK] [CLS] [SEP] [MASK] ##a ##b a ##ab aab ab".Split(' ')];
        Assert.Equal(expected, WordPieceLearner.Learn(texts, 100).Vocabulary);
        Assert.Equal(expected[..9], WordPieceLearner.Learn(texts, 9).Vocabulary);
        Assert.Equal(["aab", "##ab"], WordPieceLearner.Learn(texts, 100).Tokens("aabab"));
    }

    private static void AssertSame(WordPiece read)
    {
        Assert.Equal(Pieces.Vocabulary, read.Vocabulary);
        Assert.Equal((true, true), (read.Words.LowerCase, read.Words.StripAccents));
    }

    private static void Holds((string Text, string Pieces)[] examples, int atLeast)
    {
        Assert.True(examples.Length >= atLeast);
        var wrong = from example in examples
                    let pieces = string.Join(' ', Pieces.Tokens(example.Text))
                    where pieces != example.Pieces
                    select $"'{example.Text}': {pieces} instead of {example.Pieces}";
        Assert.Empty(wrong);
    }
}
