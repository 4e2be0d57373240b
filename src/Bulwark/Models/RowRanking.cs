using Bulwark.Tensors;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Models;

/// <summary>
/// The best items of a model of rows. Scores are those of <see cref="IModel.ScoreAll"/> to the bit, but only what is in the second-level cache is ever held
/// of them: memory is the rows of the items and of one block of users, however many items there are.
/// </summary>
/// <param name="model">The formula.</param>
/// <param name="at">Its values, prepared and settled.</param>
public sealed class RowRanking(IRowModel model, Point at)
{
    private readonly Tensor _items = model.ItemRows(at);                                         // (items, d)
    private readonly Tensor? _biases = model.ItemBiases(at);                                     // (items)

    /// <summary>The k best items of each user, best first; equal scores in ascending order of items; −∞ and NaN never enter.</summary>
    /// <param name="users">(u).</param>
    /// <param name="seenStart">Where each user's seen items begin in <paramref name="seen"/>, and the end: (u + 1).</param>
    /// <param name="seen">Items to leave out.</param>
    /// <param name="items">Receives k items a user; −1 where there are none: (u, k).</param>
    /// <param name="scores">Receives their scores: (u, k).</param>
    /// <exception cref="ArgumentException">Lengths do not fit one another, or a user or a seen item does not exist.</exception>
    public void Best(ReadOnlySpan<int> users, ReadOnlySpan<int> seenStart, ReadOnlySpan<int> seen, Span<int> items, Span<float> scores)
    {
        if (users.IsEmpty) return;
        using var scope = Scope.Open();
        var ids = new Ids(users);
        var (rows, biases) = (model.UserRows(at, ids), model.UserBiases(at, ids));
        FactorRanking.TopK(
            rows.Values, _items.Values, rows.Shape[1], seenStart, seen, items.Length / users.Length, items, scores,
            biases is null ? [] : biases.Values, _biases is null ? [] : _biases.Values);
    }
}
