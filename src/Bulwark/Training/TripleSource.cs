using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>How an item that the user has not touched is drawn.</summary>
public enum NegativeSampling
{
    /// <summary>Every item alike.</summary>
    Uniform,

    /// <summary>In proportion to how often the item occurs in training.</summary>
    Popularity,
}

/// <summary>All training pairs in a new order each epoch, each with one item drawn for it that its user has not touched.</summary>
public sealed class TripleSource : IBatchSource<Triples>
{
    private const int MostTries = 100;                       // a user who has touched everything still gets a triple
    private readonly int _batch;
    private readonly int[] _pairs;                           // user, item, user, item, …
    private readonly NegativeSampling _sampling;
    private readonly Rng _order, _negatives;
    private readonly int _items;
    private readonly SeenItems _seen;

    /// <summary>Triples from training interactions; values and kinds are not read.</summary>
    public TripleSource(Interactions train, int batch, Rng rng, NegativeSampling sampling = NegativeSampling.Uniform)
    {
        if (train.Count == 0) throw new ArgumentException("There are no training interactions to draw triples from.");
        if (train.ItemCount < 2) throw new ArgumentException("Pairwise training needs at least two items.");
        (_batch, _sampling, _items) = (Math.Min(batch, train.Count), sampling, train.ItemCount);
        (_order, _negatives) = (rng.Fork("order"), rng.Fork("negatives"));
        _seen = new SeenItems(train);
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
        var draw = _negatives.Fork(step);
        Span<int> users = batch.Users.Refill(count), positives = batch.Positives.Refill(count), negatives = batch.Negatives.Refill(count);
        for (var b = 0; b < count; b++)
        {
            var row = order[first + b];
            (users[b], positives[b]) = (_pairs[2 * row], _pairs[2 * row + 1]);
        }
        for (var b = 0; b < count; b++) negatives[b] = Negative(users[b], draw);
    }

    private int Pairs => _pairs.Length / 2;

    private int Negative(int user, Rng draw)
    {
        var item = 0;
        for (var tries = 0; tries < MostTries; tries++)
        {
            item = _sampling == NegativeSampling.Uniform ? draw.Next(_items) : _pairs[2 * draw.Next(Pairs) + 1];
            if (!_seen.Contains(user, item)) break;
        }
        return item;
    }
}
