using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>Where the rows of a new model's users, or items, come from.</summary>
/// <param name="Rows">The row of each in the trained model; −1 where it has none.</param>
/// <param name="Count">How many rows the trained model has.</param>
public sealed record RowsFrom(IReadOnlyList<int> Rows, int Count)
{
    /// <summary>Rows with equal keys, such as ids, or texts; of several equal ones in the trained model, the first.</summary>
    public static RowsFrom Shared(IReadOnlyList<string> here, IReadOnlyList<string> there)
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < there.Count; row++) rows.TryAdd(there[row], row);
        return new([.. here.Select(key => rows.GetValueOrDefault(key, -1))], there.Count);
    }

    internal bool Fit(Tensor own, Tensor value) => own.Shape.Rank > 0 && value.Shape.Rank == own.Shape.Rank &&
        (own.Shape[0], value.Shape[0], own.Shape.RowLength) == (Rows.Count, Count, value.Shape.RowLength);

    internal Tensor Carried(Tensor own, Tensor value)
    {
        var (rows, width) = (own.Values.ToArray(), own.Shape.RowLength);
        for (var row = 0; row < Rows.Count; row++)
            if (Rows[row] is >= 0 and var from) value.Values.Slice(from * width, width).CopyTo(rows.AsSpan(row * width));
        return Tensor.Of(own.Shape, rows);
    }
}
