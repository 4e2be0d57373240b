using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>
/// A formula of histories and the histories of the users it ranks for: what comes next is scored from the end of each. Users without a history
/// get equal scores for all items.
/// </summary>
/// <param name="encoder">The formula.</param>
/// <param name="histories">What each user touched, oldest first.</param>
public sealed class SequenceModel(ISequenceEncoder encoder, Histories histories) : IHistoryModel
{
    /// <summary>The formula.</summary>
    public ISequenceEncoder Encoder => encoder;

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => encoder.Tables;

    /// <inheritdoc/>
    public int UserCount => histories.UserCount;

    /// <inheritdoc/>
    public int ItemCount => encoder.ItemCount;

    /// <inheritdoc/>
    public IModel Knowing(Histories histories) => new SequenceModel(encoder, histories);

    /// <inheritdoc/>
    public Point Start(Rng rng) => encoder.Start(rng);

    /// <inheritdoc/>
    public Tensor ScoreAll(Point at, Ids users)
    {
        var (ends, known) = (new int[users.Count], new bool[users.Count]);
        for (var b = 0; b < ends.Length; b++)
        {
            if ((uint)users.Rows[b] >= (uint)UserCount)
                throw new ArgumentOutOfRangeException(nameof(users), $"User {users.Rows[b]} was asked of a model with {UserCount} users.");
            known[b] = histories.Items(users.Rows[b]).Length > 0;
            ends[b] = EndOf(histories.Items(users.Rows[b])).Length + Hidden;
            if (ends[b] == 0) ends[b] = 1;                   // a place must be there; its scores do not count
        }
        var sequences = new Sequences(encoder.Length);
        var items = sequences.Refill(ends);
        var people = sequences.Users.Refill(items.Length);
        for (var b = 0; b < ends.Length; b++)
        {
            EndOf(histories.Items(users.Rows[b])).CopyTo(items);
            if (Hidden > 0 || !known[b]) items[ends[b] - 1] = 0;
            people[..ends[b]].Fill(users.Rows[b]);
            items = items[ends[b]..];
            people = people[ends[b]..];
        }
        var scores = Score(at, sequences);                                                       // (users, items)
        return Array.TrueForAll(known, static k => k) ? scores : scores * Tensor.Of((known.Length, 1), [.. known.Select(k => k ? 1f : 0)]);
    }

    /// <inheritdoc/>
    public Tensor? ScoreHistory(Point at, Ids history)
    {
        var sequences = new Sequences(encoder.Length);
        var end = EndOf(history.Rows);
        var items = sequences.Refill([end.Length + Hidden]);
        end.CopyTo(items);
        if (Hidden > 0) items[^1] = 0;
        return Score(at, sequences).Reshape(ItemCount);
    }

    /// <summary>A model that fills gaps is asked at one more position, whose item is hidden.</summary>
    private int Hidden => encoder.Cloze ? 1 : 0;

    private ReadOnlySpan<int> EndOf(ReadOnlySpan<int> history) => history[Math.Max(0, history.Length - encoder.Length + Hidden)..];

    private Tensor Score(Point at, Sequences sequences)
    {
        if (Hidden > 0)
        {
            var shown = sequences.Shown.Refill(sequences.Items.Count);
            shown.Fill(1);
            foreach (var last in sequences.Last.Rows) shown[last] = 0;
        }
        return encoder.Head.All(at, encoder.Encode(at, sequences).Rows(sequences.Last));
    }
}
