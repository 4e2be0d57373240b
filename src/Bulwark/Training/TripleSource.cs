using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>All training pairs in a new order each epoch, each with one item drawn for it that its user has not touched.</summary>
public sealed class TripleSource : IBatchSource<Triples>
{
    private readonly int _batch;
    private readonly int[] _pairs;                           // user, item, user, item, …
    private readonly Rng _order, _draws;
    private readonly NegativeSampler _negatives;

    /// <summary>Triples from training interactions; values and kinds are not read.</summary>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items; or the batch is empty.</exception>
    public TripleSource(Interactions train, int batch, Rng rng, NegativeSampling sampling = NegativeSampling.Uniform)
    {
        if (train.Count == 0) throw new ArgumentException("There are no training interactions to draw triples from.");
        if (train.ItemCount < 2) throw new ArgumentException("Pairwise training needs at least two items; the data has one.");
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        _batch = Math.Min(batch, train.Count);
        (_order, _draws) = (rng.Fork("order"), rng.Fork("negatives"));
        _negatives = new NegativeSampler(train, sampling);
        _pairs = new int[2 * train.Count];
        for (var row = 0; row < train.Count; row++) (_pairs[2 * row], _pairs[2 * row + 1]) = (train.User[row], train.Item[row]);
    }

    /// <inheritdoc/>
    public int StepsPerEpoch => (Pairs + _batch - 1) / _batch;

    /// <inheritdoc/>
    public Triples Create() => new();

    /// <inheritdoc/>
    public void Fill(Triples batch, long step)
    {
        var (epoch, first) = (step / StepsPerEpoch, (int)(step % StepsPerEpoch) * _batch);
        var count = Math.Min(_batch, Pairs - first);
        var order = new Permutation(Pairs, _order.Fork(epoch));
        Span<int> users = batch.Users.Refill(count), positives = batch.Positives.Refill(count), negatives = batch.Negatives.Refill(count);
        for (var b = 0; b < count; b++)
        {
            var row = order[first + b];
            (users[b], positives[b]) = (_pairs[2 * row], _pairs[2 * row + 1]);
        }
        var draws = _draws.Fork(step);
        for (var b = 0; b < count; b++) negatives[b] = _negatives.Draw(users[b], draws);
    }

    private int Pairs => _pairs.Length / 2;
}
