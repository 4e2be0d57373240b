using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>Objectives with more than one goal: accuracy beside novelty and coverage. Sums over the batch, where nothing else is said.</summary>
public static class Goals
{
    private const float Tiny = 1e-12f;                       // keeps equal scores from dividing 0 by 0

    /// <summary>L = Σ_g w_g L_g.</summary>
    public static Objective<TBatch> Sum<TBatch>(params IReadOnlyList<(Objective<TBatch> Objective, float Weight)> goals) => (batch, rng) =>
    {
        var losses = goals.Select((goal, n) => goal.Objective(batch, rng?.Fork(n))).ToArray();
        return at =>
        {
            var sum = losses[0](at) * goals[0].Weight;
            for (var n = 1; n < losses.Length; n++) sum += losses[n](at) * goals[n].Weight;
            return sum;
        };
    };

    /// <summary>A sum over the batch as a mean.</summary>
    public static Objective<TBatch> Mean<TBatch>(Objective<TBatch> sum) where TBatch : IBatch => (batch, rng) =>
    {
        var loss = sum(batch, rng);
        return at => loss(at) * (1f / batch.Count);
    };

    /// <summary>
    /// L = −Σ w_i ln σ(ŷ(u, i) − ŷ(u, j)), w_i = (n_i / n̄)^−γ: BPR where each touched item counts by its inverse propensity to be touched at all, a power of its
    /// popularity (Schnabel et al. 2016; Yang et al. 2018). γ = 0 is BPR, 1 gives every item the same say.
    /// </summary>
    /// <param name="model">The formula.</param>
    /// <param name="popularity">n, (items): how often each occurs in training; n̄ is the mean of those that do.</param>
    /// <param name="power">γ.</param>
    public static Objective<Triples> InversePropensityBpr(IPairModel model, IReadOnlyList<int> popularity, float power)
    {
        var mean = (float)popularity.Where(count => count > 0).DefaultIfEmpty(1).Average();
        float[] weights = [.. popularity.Select(count => MathF.Pow(Math.Max(count, 1) / mean, -power))];
        return (batch, rng) =>
        {
            var own = Gathered(weights, batch.Positives);                                        // (batch)
            return bare =>
            {
                var at = model.PreparedFor(bare, batch.Positives, batch.Negatives);
                var margin = model.Score(at, batch.Users, batch.Positives, rng) - model.Score(at, batch.Users, batch.Negatives, rng);
                return -margin.LogSigmoid().Dot(own);
            };
        };
    }

    /// <summary>
    /// L = b ρ², ρ the correlation (Pearson) over a batch of b of the scores of touched items with the logarithm of their popularity: a model that does not
    /// prefer what is popular beyond what tastes say (Zhu et al. 2021).
    /// </summary>
    /// <param name="model">The formula.</param>
    /// <param name="popularity">(items): how often each occurs in training.</param>
    public static Objective<Triples> PopularityCorrelation(IPairModel model, IReadOnlyList<int> popularity)
    {
        float[] logs = [.. popularity.Select(count => MathF.Log(1 + count))];
        return (batch, rng) =>
        {
            var popular = Centered(Gathered(logs, batch.Positives));
            return bare =>
            {
                var scores = Centered(model.Score(model.PreparedFor(bare, batch.Positives), batch.Users, batch.Positives, rng));
                var covariance = scores.Dot(popular);
                return covariance * covariance / (scores.Dot(scores) * popular.Dot(popular) + Tiny) * batch.Count;
            };
        };
    }

    private static Tensor Centered(Tensor x) => x - x.Mean();

    private static Tensor Gathered(float[] values, Ids items)
    {
        var own = new float[items.Count];
        for (var b = 0; b < own.Length; b++) own[b] = values[items.Rows[b]];
        return Tensor.Of(own.Length, own);
    }
}
