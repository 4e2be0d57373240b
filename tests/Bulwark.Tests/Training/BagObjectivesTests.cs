using Bulwark.Models;
using Bulwark.Models.Autoencoders;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class BagObjectivesTests
{
    private static readonly AutoencoderOptions _small = new(3, 4);

    /// <summary>Scores (1, 2, 3) for a bag of items 0 and 2: 2 ln(e + e² + e³) − 1 − 3 = 2 · 3.4076060 − 4.</summary>
    [Fact]
    public void MultinomialWorkedByHand()
    {
        var loss = BagObjectives.Multinomial(new Constant())(Batch((0, 0), (0, 2)), null)(new Point()).Item();
        Assert.Equal(2.8152120f, loss, 1e-5f);
    }

    /// <summary>
    /// All weights 0 but the biases: μ = (1, −2), ln σ² = (0, ln 2): KL = ½ (1 + 1 − 0 − 1 + 4 + 2 − ln 2 − 1) = 3 − ½ ln 2, for each of two users, and
    /// equal scores of three items: ln 3 for each of the three touched.
    /// </summary>
    [Fact]
    public void VariationalWorkedByHand()
    {
        var (model, batch) = (new MultVae(3, new AutoencoderOptions(2, 2)), Batch((0, 0), (0, 2), (1, 1)));
        var at = model.Start(new Rng(1)).Map((variable, value) => variable.Name switch
        {
            "mean.bias" => Tensor.Of(2, 1, -2),
            "log-variance.bias" => Tensor.Of(2, 0, MathF.Log(2)),
            _ => Tensor.Zeros(value.Shape),
        });
        Assert.Equal(3 * Math.Log(3), Value(0), 1e-5);
        Assert.Equal(3 * Math.Log(3) + 0.5 * (6 - Math.Log(2)), Value(0.5f), 1e-5);

        double Value(float beta) => BagObjectives.Variational(model, _ => beta)(batch, null)(at).Item();
    }

    [Fact]
    public void BetaRisesToItsCap()
    {
        var beta = BagObjectives.Annealed(0.2f, 100);
        Assert.Equal([0, 0.1f, 0.2f, 0.2f], new long[] { 0, 10, 20, 1000 }.Select(step => beta(step)));
    }

    /// <summary>Without the divergence the loss is the likelihood alone, and the annealed one lies between it and the full one.</summary>
    [Fact]
    public void TheDivergenceIsAnnealedByTheStepOfTheBatch()
    {
        var model = new MultVae(Blocks.Items, _small);
        var (at, batch) = (model.Start(new Rng(1)), First());
        var objective = BagObjectives.Variational(model, BagObjectives.Annealed(1, 10));
        var values = new long[] { 0, 5, 10, 20 }.Select(step =>
        {
            batch.Step = step;
            return objective(batch, null)(at).Item();
        }).ToArray();
        Assert.Equal(BagObjectives.Multinomial(model)(batch, null)(at).Item(), values[0]);
        Assert.True(values[0] < values[1] && values[1] < values[2] && values[2] == values[3], string.Join(", ", values));
        Assert.NotEqual(Trained(1), Trained(1000));

        float[] Trained(long steps)
        {
            var annealed = BagObjectives.Variational(model, BagObjectives.Annealed(1, steps));
            var source = new BagSource(Blocks.Train, 8, new Rng(2));
            var trainer = new Trainer<BagBatch>(source, [new("all", 3, annealed)], new TrainingOptions { Rule = new Adam(0.01f) });
            return trainer.Run(at, new Rng(3)).At[model.Tables[0]].Values.ToArray();
        }
    }

    public static TheoryData<string> Formulas => ["dae", "vae"];

    /// <summary>With dropout and noise: each gradient along itself, by differences of the fourth order.</summary>
    [Theory, MemberData(nameof(Formulas))]
    public void GradientsAreThoseOfDifferences(string name)
    {
        const float h = 0.02f, length = 0.3f;
        var (dae, vae, batch) = (new MultDae(Blocks.Items, _small), new MultVae(Blocks.Items, _small), First());
        var (start, objective) = name == "dae"
            ? (dae.Start(new Rng(1)), BagObjectives.Multinomial(dae)) : (vae.Start(new Rng(1)), BagObjectives.Variational(vae, _ => 0.7f));
        var at = start.Map((variable, value) => Tensor.Uniform(value.Shape, -0.5f, 0.5f, new Rng(2).Fork(variable.Name)));
        foreach (var variable in at.Variables)
        {
            var gradient = Grad.Of(Loss, at, variable).Move[variable];
            var norm = Math.Sqrt(gradient.Values.ToArray().Sum(g => (double)g * g));
            Assert.True(norm > 1e-3, $"{variable}: {norm}");
            var difference = (8 * (Value(h) - Value(-h)) - (Value(2 * h) - Value(-2 * h))) / (12 * h);
            Assert.True(Math.Abs(length * norm - difference) <= 0.02 * difference + 1e-2, $"{variable}: {length * norm}, by differences {difference}");

            double Value(float t) => Loss(at + new Move((variable, gradient * (float)(t * length / norm)))).Item();
        }

        Tensor Loss(Point point) => objective(batch, new Rng(5))(point);
    }

    [Fact]
    public void AnEpochHoldsEveryUserOnceWithAllTheyTouched()
    {
        var (source, batch) = (new BagSource(Blocks.Train, 7, new Rng(1)), new BagBatch());
        for (var epoch = 0; epoch < 2; epoch++)
        {
            var found = new int[Blocks.Items];
            var users = 0;
            for (var step = 0; step < source.StepsPerEpoch; step++)
            {
                source.Fill(batch, (long)epoch * source.StepsPerEpoch + step);
                users += batch.Count;
                foreach (var item in batch.Bags.Items.Rows) found[item]++;
                Assert.Equal(batch.Bags.Items.Count, batch.Wanted.Tensor.Sum().Item());
                Assert.Equal(batch.Count * MathF.Sqrt(9), batch.Bags.Shares.Tensor.Sum().Item(), 1e-3f);
            }
            Assert.Equal(Blocks.Users, users);
            Assert.Equal(Blocks.Train.ItemCounts().Select(count => (int)count), found);
        }
        Assert.Throws<ArgumentException>(() => new BagSource(Blocks.Of(2, 2, []), 7, new Rng(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BagSource(Blocks.Train, 0, new Rng(1)));
    }

    private static BagBatch First()
    {
        var batch = new BagBatch();
        new BagSource(Blocks.Train, 6, new Rng(1)).Fill(batch, 0);
        return batch;
    }

    /// <summary>All that some users touched of three items.</summary>
    private static BagBatch Batch(params (int User, int Item)[] pairs)
    {
        var (train, batch) = (Blocks.Of(pairs.Max(pair => pair.User) + 1, 3, pairs), new BagBatch());
        batch.Bags.Fill(train.ByUser, [.. Enumerable.Range(0, train.UserCount)]);
        var wanted = batch.Wanted.Refill(3 * train.UserCount);
        wanted.Clear();
        foreach (var (user, item) in pairs) wanted[user * 3 + item] = 1;
        return batch;
    }

    /// <summary>Scores 1, 2 and 3, whatever was touched.</summary>
    private sealed class Constant : IAutoencoder
    {
        public IReadOnlyList<Variable> Tables => [];

        public int ItemCount => 3;

        public Point Start(Rng rng) => new();

        public Tensor Reconstruct(Point at, Bags bags, Rng? rng = null) => Tensor.Of((1, 3), 1, 2, 3);
    }
}
