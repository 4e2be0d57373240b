using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>
/// Histories in a new order each epoch, some of whose items are hidden and asked for (Sun et al. 2019): each with a probability, at least one; in some
/// histories the last alone, which is what recommending asks.
/// </summary>
public sealed class ClozeSource : IBatchSource<SequenceBatch>
{
    private readonly Histories _histories;
    private readonly int _items, _length, _drawn;
    private readonly double _hidden, _lastOnly;
    private readonly int[] _users;
    private readonly EpochOrder _order;
    private readonly Rng _draws;

    /// <summary>Examples from training interactions in time order; values and kinds are not read.</summary>
    /// <param name="train">What to learn from.</param>
    /// <param name="length">L, the most items of a history.</param>
    /// <param name="batch">Histories in a batch.</param>
    /// <param name="rng">Drives order, hiding and draws.</param>
    /// <param name="hidden">ρ, the probability with which an item is hidden.</param>
    /// <param name="lastOnly">The share of histories in which the last item alone is hidden.</param>
    /// <param name="drawn">Items drawn for a whole batch, every item alike.</param>
    /// <exception cref="ArgumentException">There is nothing to learn from: no user with two events, or fewer than two items; or the batch is empty.</exception>
    public ClozeSource(Interactions train, int length, int batch, Rng rng, double hidden = 0.2, double lastOnly = 0.1, int drawn = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2);
        if (train.ItemCount < 2) throw new ArgumentException("Training on hidden items needs at least two items; the data has one.");
        (_histories, _items, _length, _hidden, _lastOnly, _drawn) = (train.ByUser, train.ItemCount, length, hidden, lastOnly, drawn);
        _users = [.. Enumerable.Range(0, train.UserCount).Where(user => train.ByUser.Items(user).Length > 1)];
        if (_users.Length == 0) throw new ArgumentException("Training on hidden items needs a user with at least two events; there is none.");
        (_order, _draws) = (new EpochOrder(_users.Length, batch, rng), rng.Fork("hidden"));
    }

    /// <inheritdoc/>
    public int StepsPerEpoch => _order.StepsPerEpoch;

    /// <inheritdoc/>
    public SequenceBatch Create() => new(_length);

    /// <inheritdoc/>
    public void Fill(SequenceBatch batch, long step)
    {
        var examples = _order.Of(step);
        batch.Step = step;
        var count = examples.Count;
        Span<int> lengths = count <= 1024 ? stackalloc int[count] : new int[count];
        for (var b = 0; b < count; b++) lengths[b] = Math.Min(_length, _histories.Items(_users[examples[b]]).Length);
        var items = batch.Histories.Refill(lengths);
        var users = batch.Histories.Users.Refill(items.Length);
        for (int b = 0, position = 0; b < count; position += lengths[b++])
        {
            var user = _users[examples[b]];
            _histories.Items(user)[^lengths[b]..].CopyTo(items[position..]);
            users.Slice(position, lengths[b]).Fill(user);
        }
        var rng = _draws.Fork(step);
        Hide(batch, rng);
        batch.DrawShared(_drawn, _items, rng);
    }

    private void Hide(SequenceBatch batch, Rng rng)
    {
        var shown = batch.Histories.Shown.Refill(batch.Histories.Items.Count);
        shown.Fill(1);
        var (start, asked) = (batch.Histories.Start.Rows.ToArray(), 0);
        for (var s = 0; s + 1 < start.Length; s++)
        {
            var (last, before) = (start[s + 1] - 1, asked);
            if (rng.NextDouble() >= _lastOnly)
                for (var at = start[s]; at <= last; at++)
                    if (rng.NextDouble() < _hidden) (shown[at], asked) = (0, asked + 1);
            if (asked == before) (shown[last], asked) = (0, asked + 1);
        }
        Span<int> where = batch.Asked.Refill(asked), wanted = batch.Wanted.Refill(asked);
        for (int at = 0, n = 0; at < shown.Length; at++)
            if (shown[at] == 0) (where[n], wanted[n++]) = (at, batch.Histories.Items.Rows[at]);
    }
}
