using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative.Behavior;

/// <summary>
/// What an ordered history is given, [n ; i₁ … i_k ; −1 …]: how many items it is to have and which come first, at least one. (count, 1 + L), L the most items
/// of any. Histories themselves are (count, L, items): 1 at each item in its place, zeros behind the end.
/// </summary>
public static class HistoryConditions
{
    /// <summary>Histories of a batch as examples, each given its length and some of its first items, as many as chance says.</summary>
    /// <param name="items">How many items there are.</param>
    /// <param name="mostKnown">The most items that are known, at least 1.</param>
    /// <param name="rng">Draws how many, for each step anew.</param>
    public static Func<SequenceBatch, Examples> Of(int items, int mostKnown, Rng rng) => batch =>
    {
        var (all, length) = (batch.Histories, batch.Histories.Length);
        var (real, given) = (new float[all.Count * length * items], new float[all.Count * (1 + length)]);
        var chance = rng.Fork(batch.Step);
        for (var row = 0; row < all.Count; row++)
        {
            var own = all.Items.Rows[all.Start.Rows[row]..all.Start.Rows[row + 1]];
            for (var t = 0; t < own.Length; t++) real[(row * length + t) * items + own[t]] = 1;
            Fill(given.AsSpan(row * (1 + length), 1 + length), own.Length, own[..(1 + chance.Next(Math.Min(mostKnown, own.Length)))]);
        }
        return new(Tensor.Of((all.Count, length, items), real), Tensor.Of((all.Count, 1 + length), given), batch.Step);
    };

    /// <summary>The conditions of histories of these lengths that begin so.</summary>
    /// <exception cref="ArgumentException">A history begins with nothing, or is shorter than what it begins with or longer than L.</exception>
    public static Tensor Of(int length, IReadOnlyList<int> lengths, IReadOnlyList<int[]> known)
    {
        var given = new float[lengths.Count * (1 + length)];
        for (var row = 0; row < lengths.Count; row++)
        {
            if (known[row].Length < 1 || lengths[row] < known[row].Length || lengths[row] > length) throw new ArgumentException(
                $"A history of {lengths[row]} items, at most {length}, cannot begin with {known[row].Length}: give at least one, and no more than it is to have.");
            Fill(given.AsSpan(row * (1 + length), 1 + length), lengths[row], known[row]);
        }
        return Tensor.Of((lengths.Count, 1 + length), given);
    }

    private static void Fill(Span<float> given, int length, ReadOnlySpan<int> known)
    {
        given[0] = length;
        for (var t = 0; t + 1 < given.Length; t++) given[1 + t] = t < known.Length ? known[t] : -1;
    }
}
