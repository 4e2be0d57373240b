using Bulwark.Data;
using Bulwark.Models.Factorization;
using Bulwark.Models.Graph;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Models.Graph;

public sealed class LightGcnTests
{
    private static readonly Interactions Train = World.Random(6, 5, 13);

    /// <summary>E = (E⁰ + ÂE⁰ + … ) / (K + 1) with the dense matrix of users and items together.</summary>
    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void PropagationIsTheDenseFormula(int layers)
    {
        var model = new LightGcn(Train, new(layers, 3));
        var at = model.Start(new Rng(1));
        var (n, pairs) = (6 + 5, World.Matrix(Train));
        var (graph, degree) = (new double[n, n], new double[n]);
        for (var u = 0; u < 6; u++)
            for (var i = 0; i < 5; i++) graph[u, 6 + i] = graph[6 + i, u] = pairs[u, i];
        for (var a = 0; a < n; a++)
            for (var b = 0; b < n; b++) degree[a] += graph[a, b];
        double[] rows = [.. at[model.Users].Values.ToArray().Concat(at[model.Items].Values.ToArray()).Select(x => (double)x)];
        var sum = (double[])rows.Clone();
        for (var layer = 0; layer < layers; layer++)
        {
            var next = new double[rows.Length];
            for (var a = 0; a < n; a++)
                for (var b = 0; b < n; b++)
                    for (var c = 0; c < 3 && graph[a, b] > 0; c++) next[a * 3 + c] += rows[b * 3 + c] / Math.Sqrt(degree[a] * degree[b]);
            rows = next;
            for (var c = 0; c < sum.Length; c++) sum[c] += rows[c];
        }
        var (users, items) = model.Rows(at);
        float[] actual = [.. users.Values, .. items.Values];
        for (var c = 0; c < sum.Length; c++) Assert.Equal(sum[c] / (layers + 1), actual[c], 1e-6);
    }

    [Fact]
    public void NoLayersAreMatrixFactorization()
    {
        var (model, plain) = (new LightGcn(Train, new(0, 3)), new MatrixFactorization(6, 5, new(3)));
        var at = model.Start(new Rng(1));
        var same = new Point((plain.Users, at[model.Users]), (plain.Items, at[model.Items]));
        var users = new Ids(0, 3, 5);
        Assert.Equal(plain.ScoreAll(same, users).Values.ToArray(), model.ScoreAll(at, users).Values.ToArray());
        Assert.Equal(plain.ScoreHistory(same, new Ids(1, 2))!.Values.ToArray(), model.ScoreHistory(at, new Ids(1, 2))!.Values.ToArray());
    }

    /// <summary>Working the propagation out beforehand changes no score and no gradient; a displaced point is propagated anew.</summary>
    [Fact]
    public void APreparedPointScoresAlike()
    {
        var model = new LightGcn(Train, new(2, 3));
        var at = model.Start(new Rng(1));
        var (users, items) = (new Ids(0, 3, 5), new Ids(1, 1, 4));
        Assert.Equal(model.Score(at, users, items).Values.ToArray(), model.Score(model.Prepared(at), users, items).Values.ToArray());
        var plain = Grad.Of(point => model.Score(point, users, items).Sum(), at).Move;
        var prepared = Grad.Of(point => model.Score(model.Prepared(point), users, items).Sum(), at).Move;
        Assert.Equal(plain[model.Users].Values.ToArray(), prepared[model.Users].Values.ToArray());
        Assert.NotEqual(model.Score(at, users, items).Values.ToArray(), model.Score(at + plain, users, items).Values.ToArray());
    }

    /// <summary>dL/dE⁰ along a direction, by central differences.</summary>
    [Fact]
    public void TheGradientOfBprIsThatOfDifferences()
    {
        var model = new LightGcn(Train, new(3, 3, 0.5f));
        var (at, batch) = (model.Start(new Rng(1)), new Triples());
        new TripleSource(Train, 7, new Rng(2)).Fill(batch, 0);
        var loss = Objectives.Bpr(model).WithRowDecay(model.Users, model.Items, 0.1f)(batch, null);
        var gradient = Grad.Of(loss, at).Move;
        foreach (var table in model.Tables)
        {
            var direction = Tensor.Gaussian(at[table].Shape, 1, new Rng(3));
            const float Step = 0.01f;
            var difference = (loss(at.With(table, at[table] + direction * Step)).Item() - loss(at.With(table, at[table] - direction * Step)).Item()) / (2 * Step);
            Assert.Equal(difference, (gradient[table] * direction).Sum().Item(), 3e-3 * Math.Max(1, Math.Abs(difference)));
        }
    }

    /// <summary>λ/2 (‖p‖² + ‖q_i‖² + ‖q_j‖²) of rows (1, 2), (3, 0) and (0, 1), once more for a second triple of the same rows: λ (5 + 9 + 1).</summary>
    [Fact]
    public void RowDecayWorkedByHand()
    {
        var model = new MatrixFactorization(1, 2, new(2));
        var at = new Point((model.Users, Tensor.Of((1, 2), 1, 2)), (model.Items, Tensor.Of((2, 2), 3, 0, 0, 1)));
        var batch = new Triples();
        batch.Users.Fill([0, 0]);
        batch.Positives.Fill([0, 0]);
        batch.Negatives.Fill([1, 1]);
        var (plain, decayed) = (Objectives.Bpr(model), Objectives.Bpr(model).WithRowDecay(model.Users, model.Items, 0.5f));
        Assert.Equal(7.5f, decayed(batch, null)(at).Item() - plain(batch, null)(at).Item(), 1e-4f);
    }

    [Fact]
    public void AnyNumberOfThreadsTrainsToTheSameBits() => World.WithAnyThreads(() =>
    {
        var train = World.Random(600, 300, 4000);
        var model = new LightGcn(train, new(2, 16));
        var trainer = new Trainer<Triples>(
            new TripleSource(train, 500, new Rng(1)), [new("all", 1, Objectives.Bpr(model))], new TrainingOptions { Rule = new Adam(0.01f), Ahead = false });
        return [.. trainer.Run(model.Start(new Rng(2)), new Rng(3)).At[model.Items].Values];
    });

    [Fact]
    public void EveryOptionChangesTheRows()
    {
        float[] Rows(LightGcnOptions options)
        {
            var model = new LightGcn(Train, options);
            return [.. model.Rows(model.Start(new Rng(1))).Users.Values];
        }
        var plain = Rows(new(1, 3));
        Assert.NotEqual(plain, Rows(new(2, 3)));
        Assert.NotEqual(plain, Rows(new(1, 4)));
        Assert.NotEqual(plain, Rows(new(1, 3, 0.2f)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LightGcn(Train, new(-1)));
    }
}
