using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class GoalsTests
{
    private static readonly MatrixFactorization Model = new(1, 3, new(1));

    /// <summary>p = 1, q = (1, 2, 4): scores are the item rows.</summary>
    private static readonly Point At = new((Model.Users, Tensor.Of((1, 1), 1)), (Model.Items, Tensor.Of((3, 1), 1, 2, 4)));

    [Fact]
    public void LossesAddUpByTheirWeights()
    {
        Objective<Triples> two = (_, _) => at => at[Model.Items].Sum(), three = (_, _) => at => at[Model.Users].Sum();
        Assert.Equal(0.5f * 7 + 3 * 1, Goals.Sum((two, 0.5f), (three, 3))(Batch((0, 1)), null)(At).Item());
    }

    /// <summary>Counts (8, 2, 2), mean 4, γ = ½: weights (½)^½ and 2^½; margins 1 − 2 = −1 and 4 − 1 = 3.</summary>
    [Fact]
    public void InversePropensityWorkedByHand()
    {
        var batch = Batch((0, 1), (2, 0));
        var expected = Math.Sqrt(0.5) * Math.Log(1 + Math.E) + Math.Sqrt(2) * Math.Log(1 + Math.Exp(-3));
        Assert.Equal(expected, Goals.InversePropensityBpr(Model, [8, 2, 2], 0.5f)(batch, null)(At).Item(), 1e-5);
        Assert.Equal(Objectives.Bpr(Model)(batch, null)(At).Item(), Goals.InversePropensityBpr(Model, [8, 2, 2], 0)(batch, null)(At).Item(), 1e-6);
    }

    /// <summary>Scores (1, 2, 4), less 7/3: (−4, −1, 5)/3; ln(1 + n) = (0, 1, 1), less 2/3: (−2, 1, 1)/3; ρ² = (12/9)² / (42/9 · 6/9) = 4/7, times b = 3.</summary>
    [Fact]
    public void CorrelationWorkedByHand()
    {
        var batch = Batch((0, 1), (1, 2), (2, 0));
        int[] counts = [0, 1, 1];                            // ln 1 and ln 2: a correlation does not ask for the unit
        Assert.Equal(12.0 / 7, Goals.PopularityCorrelation(Model, counts)(batch, null)(At).Item(), 1e-4);
        Assert.Equal(0, Goals.PopularityCorrelation(Model, [5, 5, 5])(batch, null)(At).Item(), 1e-6);
    }

    [Fact]
    public void GradientsAreThoseOfDifferences()
    {
        var (model, batch) = (new MatrixFactorization(Blocks.Users, Blocks.Items, new(3, Deviation: 0.5f)), new Triples());
        new TripleSource(Blocks.Train, 20, new Rng(1)).Fill(batch, 0);
        int[] counts = [.. Enumerable.Range(1, Blocks.Items)];
        var loss = Goals.Sum((Goals.InversePropensityBpr(model, counts, 0.7f), 0.8f), (Goals.PopularityCorrelation(model, counts), 0.3f))(batch, null);
        var at = model.Start(new Rng(2));
        var gradient = Grad.Of(loss, at).Move;
        foreach (var variable in at.Variables)
        {
            var slope = gradient[variable];
            var norm = Math.Sqrt(slope.Values.ToArray().Sum(g => (double)g * g));
            var difference = (Value(0.01f) - Value(-0.01f)) / 0.02;
            Assert.Equal(norm, difference, 0.02 * norm);

            double Value(float t) => loss(at + new Move((variable, slope * (float)(t / norm)))).Item();
        }
    }

    /// <summary>
    /// Items are touched by chance alone, those with low numbers most: with the goal the lists hold less of what is popular, at some cost of accuracy.
    /// </summary>
    [Fact]
    public void OneSweepShowsWhatAGoalCosts()
    {
        var rng = new Rng(5);
        var pairs = from user in Enumerable.Range(0, 60) from item in Enumerable.Range(0, 30) where rng.NextSingle() < 1.5f / (1 + item) + 0.05f select (user, item);
        var all = Blocks.Of(60, 30, pairs);
        var split = Splits.ByShare(all, 0.8, new Rng(1));
        var (model, counts) = (new MatrixFactorization(60, 30, new(4, Biases: true)), split.Train.ItemCounts());
        var sweep = TradeOff.Sweep(
            Trained, [0, 1, 10], RankingTask.Rows(split.Test), RankingTask.Rows(split.Train), [RankingMetrics.Ndcg(5)], [ListMetrics.Novelty(5, counts)]);
        Assert.True(sweep[0].Result["novelty@5"] + 0.2 < sweep[2].Result["novelty@5"], $"{sweep[0].Result["novelty@5"]}, {sweep[2].Result["novelty@5"]}");
        Assert.True(sweep[0].Result["ndcg@5"] > sweep[2].Result["ndcg@5"]);
        Assert.True(sweep[0].OnFront && sweep[2].OnFront);

        IRecommender Trained(float lambda)
        {
            var objective = Goals.Sum((Objectives.Bpr(model), 1), (Goals.PopularityCorrelation(model, counts), lambda));
            var source = new TripleSource(split.Train, 64, new Rng(2));
            var trainer = new Trainer<Triples>(source, [new("all", 30, objective)], new() { Rule = new Adam(0.02f), Ahead = false });
            return new PointRecommender(model, trainer.Run(model.Start(new Rng(3)), new Rng(4)).At, new Popularity(60, counts));
        }
    }

    private static Triples Batch(params (int Positive, int Negative)[] pairs)
    {
        var batch = new Triples();
        batch.Users.Fill(new int[pairs.Length]);
        batch.Positives.Fill([.. pairs.Select(pair => pair.Positive)]);
        batch.Negatives.Fill([.. pairs.Select(pair => pair.Negative)]);
        return batch;
    }
}
