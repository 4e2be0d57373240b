using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>Each user with anything touched, in a new order each epoch.</summary>
public sealed class BagSource : IBatchSource<BagBatch>
{
    private readonly Histories _histories;
    private readonly int[] _users;
    private readonly int _items;
    private readonly EpochOrder _order;

    /// <summary>Examples from training interactions; times, values and kinds are not read.</summary>
    /// <param name="train">What to learn from.</param>
    /// <param name="batch">Users in a batch; a batch holds so many rows of all items.</param>
    /// <param name="rng">Drives the order.</param>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items; or the batch is empty.</exception>
    public BagSource(Interactions train, int batch, Rng rng)
    {
        if (train.Count == 0) throw new ArgumentException("There are no training interactions.");
        if (train.ItemCount < 2) throw new ArgumentException("Training on bags of items needs at least two items; the data has one.");
        (_histories, _items) = (train.ByUser, train.ItemCount);
        _users = [.. Enumerable.Range(0, train.UserCount).Where(user => _histories.Items(user).Length > 0)];
        _order = new EpochOrder(_users.Length, batch, rng);
    }

    /// <inheritdoc/>
    public int StepsPerEpoch => _order.StepsPerEpoch;

    /// <inheritdoc/>
    public BagBatch Create() => new();

    /// <inheritdoc/>
    public void Fill(BagBatch batch, long step)
    {
        var examples = _order.Of(step);
        var users = new int[examples.Count];
        for (var b = 0; b < users.Length; b++) users[b] = _users[examples[b]];
        batch.Fill(_histories, users, _items, step);
    }
}
