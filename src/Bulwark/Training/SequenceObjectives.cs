using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>The losses that models of histories are trained with. Sums over the items asked for.</summary>
public static class SequenceObjectives
{
    /// <summary>L = −Σ ln σ(ŷ(t, i)) + Σ_j ln σ(−ŷ(t, j)) over the wanted i and items j drawn for it (Kang and McAuley 2018).</summary>
    public static Objective<SequenceBatch> Binary(ISequenceEncoder model) => (batch, rng) => at =>
    {
        var x = Rows(model, batch, rng, at);
        var likelihood = model.Head.Each(at, x, batch.Wanted).LogSigmoid().Sum();
        foreach (var list in batch.Negatives) likelihood += (-model.Head.Each(at, x, list)).LogSigmoid().Sum();
        return -likelihood;
    };

    /// <summary>L = −Σ ln softmax_i ŷ(t, ·) over all items.</summary>
    public static Objective<SequenceBatch> CrossEntropy(ISequenceEncoder model) => CrossEntropy(model, 0);

    /// <summary>The same with a share s of each label spread over all items: <see cref="LabelSmoothing"/>.</summary>
    public static Objective<SequenceBatch> CrossEntropy(ISequenceEncoder model, float smoothing) => (batch, rng) => at =>
        model.Head.All(at, Rows(model, batch, rng, at)).CrossEntropy(batch.Wanted, smoothing).Sum();

    /// <summary>
    /// The same over the wanted item and k drawn for the batch, each of which stands for (items − 1) / k (Bengio and Senécal 2008, uniform draws).
    /// </summary>
    public static Objective<SequenceBatch> SampledCrossEntropy(ISequenceEncoder model) => (batch, rng) => at =>
    {
        var (x, n) = (Rows(model, batch, rng, at), batch.Count);
        var wanted = model.Head.Each(at, x, batch.Wanted).Reshape((n, 1)) - MathF.Log((model.ItemCount - 1f) / batch.Drawn.Count);
        var scores = Tensor.Concat(1, wanted, model.Head.Some(at, x, batch.Drawn) + Hits(batch));                             // (n, 1 + k)
        return -scores.LogSoftmax().Slice(1, 0, 1).Sum();
    };

    /// <summary>
    /// L = −Σ ln Σ_j s_j σ(ŷ(t, i) − ŷ(t, j)) + λ Σ_j s_j ŷ(t, j)², s = softmax over the drawn j: BPR-max (Hidasi and Karatzoglou 2018).
    /// </summary>
    /// <param name="model">The formula.</param>
    /// <param name="decay">λ.</param>
    public static Objective<SequenceBatch> BprMax(ISequenceEncoder model, float decay = 1) => (batch, rng) => at =>
    {
        var (x, n) = (Rows(model, batch, rng, at), batch.Count);
        var drawn = model.Head.Some(at, x, batch.Drawn);                                         // (n, k)
        var share = drawn.Softmax(Hits(batch));
        var wins = (model.Head.Each(at, x, batch.Wanted).Reshape((n, 1)) - drawn).Sigmoid();
        return -((share * wins).Sum(-1) + 1e-24f).Log().Sum() + (share * drawn * drawn).Sum() * decay;
    };

    /// <summary>The model's rows where it is asked: (asked, d).</summary>
    internal static Tensor Rows(ISequenceEncoder model, SequenceBatch batch, Rng? rng, Point at)
    {
        var x = model.Encode(at, batch.Histories, rng);
        return batch.Asked.Count == batch.Histories.Items.Count ? x : x.Rows(batch.Asked);
    }

    private static Tensor Hits(SequenceBatch batch) => batch.Hits.Tensor.Reshape((batch.Count, batch.Drawn.Count));
}
