using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>All training pairs in a new order each epoch, each with one item drawn for it that its user has not touched.</summary>
public sealed class TripleSource : IBatchSource<Triples>
{
    private readonly EpochOrder _order;
    private readonly int[] _pairs;                           // user, item, user, item, …
    private readonly Rng _draws;
    private readonly NegativeSampler _negatives;
    private readonly int _candidates;
    private readonly bool _byEvent;

    /// <summary>Triples from training interactions; values and kinds are not read.</summary>
    /// <param name="train">What to learn from.</param>
    /// <param name="batch">Triples in a batch.</param>
    /// <param name="rng">Drives order and draws.</param>
    /// <param name="sampling">How items not touched are drawn.</param>
    /// <param name="candidates">How many of them for each triple, of which an objective may choose: see <see cref="HardNegatives"/>.</param>
    /// <param name="byEvent">Whether users are given as the rows of their events, for a model of moments: see <see cref="Bulwark.Models.Fields.FieldModel.At"/>.</param>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items; or the batch or the draws are empty.</exception>
    public TripleSource(Interactions train, int batch, Rng rng, NegativeSampling sampling = NegativeSampling.Uniform, int candidates = 1, bool byEvent = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        if (train.Count == 0) throw new ArgumentException("There are no training interactions to draw triples from.");
        if (train.ItemCount < 2) throw new ArgumentException("Pairwise training needs at least two items; the data has one.");
        (_order, _draws) = (new EpochOrder(train.Count, batch, rng), rng.Fork("negatives"));
        (_negatives, _candidates, _byEvent) = (new NegativeSampler(train, sampling), candidates, byEvent);
        _pairs = new int[2 * train.Count];
        for (var row = 0; row < train.Count; row++) (_pairs[2 * row], _pairs[2 * row + 1]) = (train.User[row], train.Item[row]);
    }

    /// <inheritdoc/>
    public int StepsPerEpoch => _order.StepsPerEpoch;

    /// <inheritdoc/>
    public Triples Create() => new(_candidates);

    /// <inheritdoc/>
    public void Fill(Triples batch, long step)
    {
        var examples = _order.Of(step);
        var count = examples.Count;
        Span<int> users = batch.Users.Refill(count), positives = batch.Positives.Refill(count), negatives = batch.Negatives.Refill(count);
        for (var b = 0; b < count; b++)
        {
            var row = examples[b];
            (users[b], positives[b]) = (_pairs[2 * row], _pairs[2 * row + 1]);
        }
        var draws = _draws.Fork(step);
        for (var b = 0; b < count; b++) negatives[b] = _negatives.Draw(users[b], draws);
        foreach (var list in batch.Others)
        {
            var others = list.Refill(count);
            for (var b = 0; b < count; b++) others[b] = _negatives.Draw(users[b], draws);
        }
        if (!_byEvent) return;
        for (var b = 0; b < count; b++) users[b] = examples[b];
    }
}
