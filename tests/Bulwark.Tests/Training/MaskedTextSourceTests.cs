using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class MaskedTextSourceTests
{
    private static readonly string[] Texts = [.. Enumerable.Range(0, 40).Select(n => $"{Word(n % 4)} lamp {Word(n % 4)} {Number(n)}")];
    private static readonly WordPiece Pieces = WordPieceLearner.Learn(Texts, 60);

    /// <summary>In each text the first word comes again in the third place: what is masked there can be known.</summary>
    private static string Word(int n) => new[] { "red", "blue", "green", "white" }[n];

    private static string Number(int n) => new[] { "one", "two", "three" }[n % 3];

    private static MaskedTexts Filled(MaskedTextSource source, long step)
    {
        var batch = source.Create();
        source.Fill(batch, step);
        return batch;
    }

    [Fact]
    public void AStepIsTheSameWheneverItIsFilled()
    {
        var source = new MaskedTextSource(Texts, Pieces, 16, new Rng(1));
        Assert.Equal(3, source.StepsPerEpoch);
        int[] Everything(MaskedTextSource s, long step) => Filled(s, step) is var b ? [.. b.Tokens.Pieces.Rows, .. b.Places.Rows, .. b.Pieces.Rows] : [];
        var first = Everything(source, 4);
        Everything(source, 9);
        Assert.Equal(first, Everything(source, 4));
        Assert.Equal(first, Everything(new MaskedTextSource(Texts, Pieces, 16, new Rng(1)), 4));
        Assert.NotEqual(first, Everything(new MaskedTextSource(Texts, Pieces, 16, new Rng(2)), 4));
        Assert.NotEqual(first, Everything(source, 5));
    }

    /// <summary>Over many steps: the share that is asked for, of which 80% are [MASK], 10% another piece, 10% the same (and a few by chance).</summary>
    [Fact]
    public void PlacesAreMaskedAsPublished()
    {
        var texts = Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("red lamp", 15)), 8).ToArray();
        var source = new MaskedTextSource(texts, Pieces, 8, new Rng(1), 0.2f);
        var (asked, masked, same, all) = (0, 0, 0, 0);
        for (var step = 0; step < 200; step++)
        {
            var batch = Filled(source, step);
            var tokens = batch.Tokens.Pieces.Rows;
            Assert.Equal(batch.Count, batch.Pieces.Count);
            all += 8 * 30;
            for (var p = 0; p < batch.Count; p++)
            {
                var (place, piece) = (batch.Places.Rows[p], batch.Pieces.Rows[p]);
                Assert.InRange(place % batch.Tokens.Length, 1, batch.Tokens.Length - 2);         // never [CLS] or [SEP]
                Assert.Equal(place % 2 == 1 ? "red" : "lamp", Pieces.Vocabulary[piece]);
                asked++;
                if (tokens[place] == Pieces.Mask) masked++;
                else if (tokens[place] == piece) same++;
            }
        }
        Assert.Equal(0.2 + 0.8 / 30, (double)asked / all, 0.01);             // one place of each text is sure
        Assert.Equal(0.8, (double)masked / asked, 0.02);
        Assert.Equal(0.1, (double)same / asked, 0.02);
    }

    [Fact]
    public void NothingToLearnFromIsRefused()
    {
        Assert.Contains("no text", Assert.Throws<ArgumentException>(() => new MaskedTextSource(["", null], Pieces, 4, new Rng(1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaskedTextSource(Texts, Pieces, 4, new Rng(1), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaskedTextSource(Texts, Pieces, 0, new Rng(1)));
    }

    /// <summary>A small encoder learns that the third word is the first, and texts of one color come to lie together.</summary>
    [Fact]
    public void PreTrainingFindsWhatTheTextsHaveInCommon()
    {
        var head = new MaskedLanguageHead(new Bert(new BertConfig(Pieces.Vocabulary.Count, 16, 1, 2, 32, MaxPositions: 8, Dropout: 0)));
        var source = new MaskedTextSource(Texts, Pieces, 20, new Rng(1), 0.25f);
        var trainer = new Trainer<MaskedTexts>(source, [new("masked", 150, Objectives.MaskedLanguage(head))], new() { Rule = new Adam(0.005f), Ahead = false });
        var result = trainer.Run(head.Start(new Rng(2)), new Rng(3));
        Assert.True(result.Curve[^1].Loss < 0.6 * result.Curve[0].Loss, $"loss {result.Curve[0].Loss:F2} to {result.Curve[^1].Loss:F2}");
        var encoder = new TextEncoder(new BertFolder(head.Encoder, head.EncoderOf(result.At), Pieces));
        var vectors = encoder.Vectors(["red lamp red one", "red lamp red two", "blue lamp blue one", "blue lamp blue two"]);
        vectors -= vectors.Mean(0, keep: true);
        double Like(int a, int b) => Cosine(vectors, a, b);
        Assert.True(Like(0, 1) > Like(0, 3) && Like(2, 3) > Like(2, 1), $"{Like(0, 1):F2} {Like(0, 3):F2} {Like(2, 3):F2} {Like(2, 1):F2}");
    }

    /// <summary>Training is the same with batches prepared ahead.</summary>
    [Fact]
    public void BatchesPreparedAheadGiveTheSameBits()
    {
        float[] Run(bool ahead)
        {
            var head = new MaskedLanguageHead(new Bert(new BertConfig(Pieces.Vocabulary.Count, 8, 1, 2, 8, MaxPositions: 8)));
            var source = new MaskedTextSource(Texts, Pieces, 16, new Rng(1));
            var trainer = new Trainer<MaskedTexts>(source, [new("masked", 4, Objectives.MaskedLanguage(head))], new() { Rule = new Adam(0.01f), Ahead = ahead });
            return trainer.Run(head.Start(new Rng(2)), new Rng(3)).At[head.Encoder.Words].Values.ToArray();
        }
        Assert.Equal(Run(false), Run(true));
    }

    private static double Cosine(Tensor rows, int a, int b)
    {
        var (x, y) = (rows.Rows(new Ids(a)), rows.Rows(new Ids(b)));
        return x.Dot(y).Item() / Math.Sqrt(x.Dot(x).Item() * y.Dot(y).Item());
    }
}
