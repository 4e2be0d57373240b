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
        var known = new int[users.Count][];
        for (var b = 0; b < known.Length; b++)
        {
            if ((uint)users.Rows[b] >= (uint)UserCount)
                throw new ArgumentOutOfRangeException(nameof(users), $"User {users.Rows[b]} was asked of a model with {UserCount} users.");
            known[b] = EndOf(histories.Items(users.Rows[b])).ToArray();
        }
        var sequences = Shown(known);
        var people = sequences.Users.Refill(sequences.Items.Count);
        var start = sequences.Start.Rows;
        for (var b = 0; b < known.Length; b++) people[start[b]..start[b + 1]].Fill(users.Rows[b]);
        return Score(at, sequences, known);
    }

    /// <inheritdoc/>
    public Tensor? ScoreHistory(Point at, Ids history) => ScoreHistories(at, [history.Rows.ToArray()]).Reshape(ItemCount);

    /// <inheritdoc/>
    public Tensor ScoreHistories(Point at, IReadOnlyList<int[]> histories) => Score(at, Shown(histories), histories);

    /// <summary>How many of a history's last items the formula sees.</summary>
    public int Reach => encoder.Length - Hidden;

    /// <summary>What the formula sees of histories. A model that fills gaps is asked at one more position of each, whose item is hidden.</summary>
    internal Sequences Shown(IReadOnlyList<int[]> histories)
    {
        var sequences = new Sequences(encoder.Length);
        var items = sequences.Refill([.. histories.Select(history => Math.Max(1, Math.Min(Reach, history.Length) + Hidden))]);
        var start = sequences.Start.Rows;
        items.Clear();                                       // where nothing is known a place must be there; its scores do not count
        for (var s = 0; s < histories.Count; s++) EndOf(histories[s]).CopyTo(items[start[s]..]);
        if (Hidden == 0) return sequences;
        var shown = sequences.Shown.Refill(items.Length);
        shown.Fill(1);
        foreach (var last in sequences.Last.Rows) shown[last] = 0;
        return sequences;
    }

    private int Hidden => encoder.Cloze ? 1 : 0;

    private ReadOnlySpan<int> EndOf(ReadOnlySpan<int> history) => history[Math.Max(0, history.Length - Reach)..];

    private Tensor Score(Point at, Sequences sequences, IReadOnlyList<int[]> histories)
    {
        var scores = encoder.Head.All(at, encoder.Encode(at, sequences).Rows(sequences.Last));   // (histories, items)
        return histories.All(static history => history.Length > 0) ? scores
            : scores * Tensor.Of((histories.Count, 1), [.. histories.Select(static history => history.Length > 0 ? 1f : 0)]);
    }
}
