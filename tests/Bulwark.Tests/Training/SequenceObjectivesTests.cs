using Bulwark.Models;
using Bulwark.Tensors;
using Bulwark.Tests.Models;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class SequenceObjectivesTests
{
    private const int Items = 7;
    private static readonly Rows _model = new();
    private static readonly Point _at = new((_model.Table, Tensor.Uniform((Items, 3), -1, 1, new Rng(1))));

    /// <summary>A formula whose row is that of the item itself: ŷ(t, i) = e_{i_t} · e_i.</summary>
    private sealed class Rows : ISequenceEncoder
    {
        public Variable Table { get; } = new("items");

        public IReadOnlyList<Variable> Tables => [Table];

        public Variable Inputs => Table;

        public int ItemCount => Items;

        public int Length => 4;

        public bool Cloze => false;

        public ItemHead Head => new(Table);

        public Point Start(Rng rng) => _at;

        public Tensor Encode(Point at, Sequences histories, Rng? rng = null) => at[Table].Rows(histories.Items);
    }

    private static double Score(int a, int b)
    {
        var values = _at[_model.Table].Values.ToArray();
        return Enumerable.Range(0, 3).Sum(c => (double)values[a * 3 + c] * values[b * 3 + c]);
    }

    /// <summary>A history 0 1 2, asked behind 0 and 2 for 4 and 5.</summary>
    private static SequenceBatch Batch(params int[] drawn)
    {
        var batch = new SequenceBatch(4, 2);
        new[] { 0, 1, 2 }.CopyTo(batch.Histories.Refill([3]));
        batch.Asked.Fill([0, 2]);
        batch.Wanted.Fill([4, 5]);
        batch.Negatives[0].Fill([6, 3]);
        batch.Negatives[1].Fill([3, 3]);
        batch.Drawn.Fill(drawn);
        var hits = batch.Hits.Refill(2 * drawn.Length);
        for (var i = 0; i < hits.Length; i++) hits[i] = drawn[i % drawn.Length] == batch.Wanted.Rows[i / drawn.Length] ? float.NegativeInfinity : 0;
        return batch;
    }

    [Fact]
    public void BinaryIsTheFormula()
    {
        var expected = Loss(Score(0, 4)) + Loss(-Score(0, 6)) + Loss(-Score(0, 3)) + Loss(Score(2, 5)) + 2 * Loss(-Score(2, 3));
        Assert.Equal(expected, SequenceObjectives.Binary(_model)(Batch(), null)(_at).Item(), 1e-5);

        static double Loss(double x) => Math.Log(1 + Math.Exp(-x));
    }

    [Fact]
    public void CrossEntropyIsTheFormula()
    {
        var expected = new[] { (0, 4), (2, 5) }.Sum(p => Math.Log(Enumerable.Range(0, Items).Sum(j => Math.Exp(Score(p.Item1, j)))) - Score(p.Item1, p.Item2));
        Assert.Equal(expected, SequenceObjectives.CrossEntropy(_model)(Batch(), null)(_at).Item(), 1e-5);
    }

    /// <summary>With every item drawn once, each drawn one but the wanted stands for 6/7 of one: e^ŷ_i / (e^ŷ_i + 6/7 Σ_j e^ŷ_j).</summary>
    [Fact]
    public void SampledCrossEntropyIsTheFormula()
    {
        var expected = new[] { (0, 4), (2, 5) }.Sum(p =>
        {
            var wanted = Math.Exp(Score(p.Item1, p.Item2));
            var others = Enumerable.Range(0, Items).Where(j => j != p.Item2).Sum(j => Math.Exp(Score(p.Item1, j)));
            return -Math.Log(wanted / (wanted + 6.0 / 7 * others));
        });
        Assert.Equal(expected, SequenceObjectives.SampledCrossEntropy(_model)(Batch(0, 1, 2, 3, 4, 5, 6), null)(_at).Item(), 1e-5);
    }

    [Fact]
    public void BprMaxIsTheFormula()
    {
        int[] drawn = [1, 5, 6];
        var expected = new[] { (0, 4), (2, 5) }.Sum(p =>
        {
            var rivals = drawn.Where(j => j != p.Item2).ToArray();
            var total = rivals.Sum(j => Math.Exp(Score(p.Item1, j)));
            double Share(int j) => Math.Exp(Score(p.Item1, j)) / total;
            return -Math.Log(rivals.Sum(j => Share(j) / (1 + Math.Exp(Score(p.Item1, j) - Score(p.Item1, p.Item2)))))
                + 0.5 * rivals.Sum(j => Share(j) * Score(p.Item1, j) * Score(p.Item1, j));
        });
        Assert.Equal(expected, SequenceObjectives.BprMax(_model, 0.5f)(Batch(drawn), null)(_at).Item(), 1e-5);
    }

    public static TheoryData<string> All => [.. SequenceCase.All.Select(@case => @case.Name)];

    /// <summary>Of every formula with its objective, with dropout: each gradient along itself, where it is largest, by differences of the fourth order.</summary>
    [Theory, MemberData(nameof(All))]
    public void GradientsAreThoseOfDifferences(string name)
    {
        const float h = 0.02f, length = 0.3f;
        var @case = SequenceCase.All.Single(@case => @case.Name == name);
        var encoder = @case.Make(Blocks.Users, Blocks.Items, 5);
        var source = SequenceCase.Source(encoder, Blocks.Train, 3);
        var batch = source.Create();
        source.Fill(batch, 0);
        var at = encoder.Start(new Rng(1)).Map((variable, value) => Tensor.Uniform(value.Shape, -0.3f, 0.3f, new Rng(2).Fork(variable.Name)));
        foreach (var variable in at.Variables)
        {
            var gradient = Grad.Of(Loss, at, variable).Move[variable];
            var norm = Math.Sqrt(gradient.Values.ToArray().Sum(g => (double)g * g));
            Assert.True(norm > 1e-3, $"{variable}: {norm}");
            var difference = (8 * (Value(h) - Value(-h)) - (Value(2 * h) - Value(-2 * h))) / (12 * h);
            Assert.True(Math.Abs(length * norm - difference) <= 0.02 * difference + 1e-3, $"{variable}: {length * norm}, by differences {difference}");

            double Value(float t) => Loss(at + new Move((variable, gradient * (float)(t * length / norm)))).Item();
        }

        Tensor Loss(Point point) => @case.Objective(encoder)(batch, new Rng(5))(point);
    }
}
