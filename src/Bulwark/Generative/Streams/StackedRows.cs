using Bulwark.Tensors;

namespace Bulwark.Generative.Streams;

/// <summary>Vectors of one length as the rows of a matrix.</summary>
internal static class StackedRows
{
    /// <summary>(rows, d) of one vector (d) for each of some things, at least one.</summary>
    public static Tensor Of<T>(IReadOnlyList<T> things, Func<T, float[]> row)
    {
        var d = row(things[0]).Length;
        var values = new float[things.Count * d];
        for (var n = 0; n < things.Count; n++) row(things[n]).CopyTo(values.AsSpan(n * d, d));
        return Tensor.Of((things.Count, d), values);
    }
}
