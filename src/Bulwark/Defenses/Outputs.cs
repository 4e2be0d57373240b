using Bulwark.Models;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Defenses;

/// <summary>What a model says about a batch, as a function of the point, and how far two such answers are apart: what <see cref="Trades{TBatch}"/> compares.</summary>
/// <param name="Of">The outputs, any shape. Without a source of randomness there is no dropout.</param>
/// <param name="Divergence">Of clean and moved outputs, summed over the batch: 0 where they agree, else above.</param>
public sealed record Outputs<TBatch>(Func<TBatch, Rng?, Func<Point, Tensor>> Of, Func<Tensor, Tensor, Tensor> Divergence);

/// <summary>The outputs of models of each kind.</summary>
public static class Outputs
{
    /// <summary>The classes of inputs.</summary>
    public static Outputs<InputBatch> Classes(IClassifier model) => new((_, rng) => at => model.Logits(at, rng), Categorical);

    /// <summary>Which item of a triple the user prefers: σ(ŷ(u, i) − ŷ(u, j)).</summary>
    public static Outputs<Triples> Preferences(IPairModel model) => new((batch, rng) => bare =>
    {
        var at = model.PreparedFor(bare, batch.Positives, batch.Negatives);
        return model.Score(at, batch.Users, batch.Positives, rng) - model.Score(at, batch.Users, batch.Negatives, rng);
    }, Bernoulli);

    /// <summary>Whether a user clicks: σ(ŷ(u, i)).</summary>
    public static Outputs<LabeledPairs> Clicks(IPairModel model) => new((batch, rng) => at => model.Score(at, batch.Users, batch.Items, rng), Bernoulli);

    /// <summary>What a bag is completed with, over all items.</summary>
    public static Outputs<BagBatch> Lists(IAutoencoder model) => new((batch, rng) => at => model.Reconstruct(at, batch.Bags, rng), Categorical);

    /// <summary>The item asked for in a history, over all items.</summary>
    public static Outputs<SequenceBatch> NextItems(ISequenceEncoder model) =>
        new((batch, rng) => at => model.Head.All(at, SequenceObjectives.Rows(model, batch, rng, at)), Categorical);

    /// <summary>Σ_rows KL(softmax z ‖ softmax z'), (n, K) each.</summary>
    public static Tensor Categorical(Tensor z, Tensor moved) => (z.Softmax() * (z.LogSoftmax() - moved.LogSoftmax())).Sum();

    /// <summary>Σ KL(σ(z) ‖ σ(z')), any shape.</summary>
    public static Tensor Bernoulli(Tensor z, Tensor moved) =>
        (z.Sigmoid() * (z.LogSigmoid() - moved.LogSigmoid()) + (-z).Sigmoid() * ((-z).LogSigmoid() - (-moved).LogSigmoid())).Sum();
}
