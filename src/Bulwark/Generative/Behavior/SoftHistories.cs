using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Generative.Behavior;

/// <summary>Histories whose items are mixtures, read by a model of histories.</summary>
internal static class SoftHistories
{
    /// <summary>The row behind each history, from the row at each place: (count, places, d) to (count, d).</summary>
    public static Tensor Encode(ISequenceEncoder model, Point at, Tensor rows)
    {
        var (count, places) = (rows.Shape[0], rows.Shape[1]);
        var (positions, histories) = (new PositionRows(model), new Sequences(model.Length));
        histories.Refill([.. Enumerable.Repeat(places, count)]).Clear();
        return positions.Encode(at.With(positions.Inputs, rows.Reshape((count * places, rows.Shape[2]))), histories).Rows(histories.Last);
    }
}
