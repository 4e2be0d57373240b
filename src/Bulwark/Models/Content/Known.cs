namespace Bulwark.Models.Content;

/// <summary>Rows that a model without tables checks itself.</summary>
internal static class Known
{
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static int Row(int row, int count, string of) =>
        (uint)row < (uint)count ? row : throw new ArgumentOutOfRangeException(of, row, $"There is no {of} {row}; there are {count}.");
}
