using System.Globalization;
using Bulwark.Data;

namespace Bulwark.Models;

/// <summary>A clear refusal, before the memory runs out, of dense matrices that would not fit.</summary>
public static class MemoryNeed
{
    /// <summary>The bytes of dense float32 matrices of one shape.</summary>
    public static long Of(int rows, int columns, int matrices = 1) => sizeof(float) * (long)rows * columns * matrices;

    /// <summary>Does nothing if a model's dense matrices fit.</summary>
    /// <param name="model">Its name.</param>
    /// <param name="rows">Rows of each matrix.</param>
    /// <param name="columns">Columns of each.</param>
    /// <param name="matrices">How many it holds at once.</param>
    /// <param name="remedy">What to do instead, without a full stop.</param>
    /// <param name="available">Bytes there are; by default what the runtime may use on this machine.</param>
    /// <exception cref="DataException">They do not fit, or one has more elements than a tensor can.</exception>
    public static void Check(string model, int rows, int columns, int matrices, string remedy, long? available = null)
    {
        var (bytes, there) = (Of(rows, columns, matrices), available ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        var limit = bytes > there ? $"{Gigabytes(there)} are there" : Of(rows, columns) > Of(1, int.MaxValue) ? "a tensor holds at most 2³¹ elements" : null;
        if (limit is null) return;
        var shape = string.Create(CultureInfo.InvariantCulture, $"{rows:N0} × {columns:N0}");
        throw new DataException("the interactions", null, $"{model} would hold {matrices} matrices of {shape}, {Gigabytes(bytes)}, but {limit}", remedy);
    }

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB");
}
