using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Text;

public sealed class BertTests
{
    private static readonly int[][] Sequences = [[2, 9, 4, 7, 3], [2, 5, 3], [2, 3], [2, 8, 8, 8, 8, 10, 3]];

    /// <summary>Random weights of a size that makes every part matter: norms that are no identity, biases that are not zero.</summary>
    private static (Bert Model, Point At) World(int layers, int heads, float deviation)
    {
        var model = new Bert(new BertConfig(11, 12, layers, heads, 20, MaxPositions: 8), pooler: true);
        var rng = new Rng(1);
        var at = model.Start(rng).Map((variable, value) => Tensor.Gaussian(value.Shape, deviation, rng.Fork(variable.Name)) + (variable.Name.EndsWith("LayerNorm.weight") ? 1 : 0));
        return (model, at);
    }

    [Theory]
    [InlineData(1, 1, 0.3f)]
    [InlineData(2, 3, 0.3f)]
    [InlineData(3, 4, 1)]
    public void TheForwardPassIsThatOfTheEquations(int layers, int heads, float deviation)
    {
        var (model, at) = World(layers, heads, deviation);
        var (batch, reference) = (new TokenBatch(), new BertReference(model.Config, at));
        batch.Fill(Sequences, 0);
        var rows = model.Of(at, batch);
        var (pooled, mean) = (model.Pooled(at, rows), Bert.Mean(rows, batch));
        Assert.Equal(new Shape(4, 7, 12), rows.Shape);
        for (var b = 0; b < Sequences.Length; b++)
        {
            var expected = reference.Rows(Sequences[b]);
            for (var t = 0; t < Sequences[b].Length; t++) AssertClose(expected[t], rows.Values.Slice((b * 7 + t) * 12, 12));
            AssertClose(reference.Pooled(expected), pooled.Values.Slice(b * 12, 12));
            AssertClose([.. Enumerable.Range(0, 12).Select(c => expected.Average(row => row[c]))], mean.Values.Slice(b * 12, 12));
        }
    }

    [Fact]
    public void LongSequencesAndMissingPoolersAreRefusedInASentence()
    {
        var model = new Bert(new BertConfig(11, 12, 1, 1, 20, MaxPositions: 4));
        var batch = new TokenBatch();
        batch.Fill(Sequences, 0);
        Assert.Contains("7 pieces", Assert.Throws<ArgumentException>(() => model.Of(model.Start(new Rng(1)), batch)).Message);
        Assert.Throws<InvalidOperationException>(() => model.Pooled(model.Start(new Rng(1)), Tensor.Zeros((1, 2, 12))));
        Assert.Throws<ArgumentException>(() => new Bert(new BertConfig(11, 12, 1, 5, 20)));
        Assert.Throws<ArgumentException>(() => batch.Fill([[1], []], 0));
    }

    /// <summary>Dropout acts only where randomness is given, and follows the seed.</summary>
    [Fact]
    public void DropoutFollowsTheSeed()
    {
        var (model, at) = World(1, 2, 0.3f);
        var batch = new TokenBatch();
        batch.Fill(Sequences, 0);
        float[] Of(Rng? rng) => model.Of(at, batch, rng).Values.ToArray();
        Assert.Equal(Of(null), Of(null));
        Assert.Equal(Of(new Rng(1)), Of(new Rng(1)));
        Assert.NotEqual(Of(new Rng(1)), Of(new Rng(2)));
        Assert.NotEqual(Of(null), Of(new Rng(1)));
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        for (var c = 0; c < expected.Length; c++) Assert.Equal(expected[c], actual[c], 1e-4);
    }
}
