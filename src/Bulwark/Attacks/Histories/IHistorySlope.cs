using Bulwark.Tensors;

namespace Bulwark.Attacks.Histories;

/// <summary>How scores answer to what stands in a history: what a gradient-guided search needs to see of a victim.</summary>
public interface IHistorySlope
{
    /// <summary>e, the rows of the items that stand in histories: (items, d).</summary>
    Tensor Items { get; }

    /// <summary>∂(ŷ(h, a) − ŷ(h, b)) / ∂x_p, x_p the row that history h reads at place p, for places within reach: (places, d).</summary>
    /// <param name="histories">h.</param>
    /// <param name="pairs">a and b of each history.</param>
    /// <param name="places">Histories, by number, and p.</param>
    /// <param name="scale">t, where the slope is that at t · x: on the way from rows of zeros.</param>
    Tensor Of(IReadOnlyList<int[]> histories, IReadOnlyList<(int A, int B)> pairs, IReadOnlyList<(int History, int Place)> places, float scale = 1);
}
