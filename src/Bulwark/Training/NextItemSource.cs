using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>Which positions of a history are asked what follows.</summary>
public enum AskedPositions
{
    /// <summary>All of them at once: an example is a user's latest items (Kang and McAuley 2018).</summary>
    Every,

    /// <summary>The last one: each item but a user's first is an example, with the items before it.</summary>
    Last,
}

/// <summary>Histories in a new order each epoch, asked which item follows, with items drawn that do not.</summary>
public sealed class NextItemSource : IBatchSource<SequenceBatch>
{
    private readonly Histories _histories;
    private readonly int _items, _length, _negatives, _drawn;
    private readonly AskedPositions _asked;
    private readonly (int User, int End)[] _examples;        // what is seen ends before End
    private readonly EpochOrder _order;
    private readonly Rng _draws;
    private readonly NegativeSampler _sampler;

    /// <summary>Examples from training interactions in time order; values and kinds are not read.</summary>
    /// <param name="train">What to learn from.</param>
    /// <param name="length">L, the most items of a history.</param>
    /// <param name="batch">Histories in a batch.</param>
    /// <param name="rng">Drives order and draws.</param>
    /// <param name="negatives">Items that the user has not touched, drawn for each wanted one.</param>
    /// <param name="drawn">Items drawn for a whole batch, every item alike.</param>
    /// <param name="asked">Where.</param>
    /// <exception cref="ArgumentException">There is nothing to learn from: no user with two events, or fewer than two items; or the batch is empty.</exception>
    public NextItemSource(
        Interactions train, int length, int batch, Rng rng, int negatives = 1, int drawn = 0, AskedPositions asked = AskedPositions.Every)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (train.ItemCount < 2) throw new ArgumentException("Training on what comes next needs at least two items; the data has one.");
        (_histories, _items, _length, _negatives, _drawn, _asked) = (train.ByUser, train.ItemCount, length, negatives, drawn, asked);
        _examples = [.. Enumerable.Range(0, train.UserCount).SelectMany(Examples)];
        if (_examples.Length == 0) throw new ArgumentException("Training on what comes next needs a user with at least two events; there is none.");
        (_order, _draws, _sampler) = (new EpochOrder(_examples.Length, batch, rng), rng.Fork("negatives"), new NegativeSampler(train, NegativeSampling.Uniform));
    }

    /// <inheritdoc/>
    public int StepsPerEpoch => _order.StepsPerEpoch;

    /// <inheritdoc/>
    public SequenceBatch Create() => new(_length, _negatives);

    /// <inheritdoc/>
    public void Fill(SequenceBatch batch, long step)
    {
        var examples = _order.Of(step);
        batch.Step = step;
        var count = examples.Count;
        Span<int> lengths = count <= 1024 ? stackalloc int[count] : new int[count];
        for (var b = 0; b < count; b++) lengths[b] = Math.Min(_length, _examples[examples[b]].End);
        var items = batch.Histories.Refill(lengths);
        var users = batch.Histories.Users.Refill(items.Length);
        var every = _asked == AskedPositions.Every;
        Span<int> asked = batch.Asked.Refill(every ? items.Length : count), wanted = batch.Wanted.Refill(asked.Length);
        for (int b = 0, position = 0, n = 0; b < count; b++)
        {
            var (user, end) = _examples[examples[b]];
            var history = _histories.Items(user);
            for (var at = end - lengths[b]; at < end; at++, position++)
            {
                (items[position], users[position]) = (history[at], user);
                if (every || at == end - 1) (asked[n], wanted[n++]) = (position, history[at + 1]);
            }
        }
        Draw(batch, _draws.Fork(step));
    }

    private IEnumerable<(int, int)> Examples(int user)
    {
        var events = _histories.Items(user).Length;
        return _asked == AskedPositions.Last ? Enumerable.Range(1, Math.Max(0, events - 1)).Select(end => (user, end)) : events > 1 ? [(user, events - 1)] : [];
    }

    private void Draw(SequenceBatch batch, Rng rng)
    {
        foreach (var list in batch.Negatives)
        {
            var items = list.Refill(batch.Count);
            for (var n = 0; n < items.Length; n++) items[n] = _sampler.Draw(batch.Histories.Users.Rows[batch.Asked.Rows[n]], rng);
        }
        batch.DrawShared(_drawn, _items, rng);
    }
}
