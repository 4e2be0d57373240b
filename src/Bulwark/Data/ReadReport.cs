namespace Bulwark.Data;

/// <summary>A row that could not be used.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Text">The line itself, at most 1,000 characters; null unless bad rows are quarantined.</param>
public sealed record BadRow(string File, int Line, string Reason, string? Text);

/// <summary>What became of the lines that were read.</summary>
/// <param name="Lines">Lines with content, headers left out.</param>
/// <param name="Duplicates">
/// Rows left out because a later row has the same user, item and (where known) kind; of equally late ones the last in the file stays.
/// </param>
/// <param name="Bad">Rows that could not be used.</param>
/// <param name="Reasons">Bad rows by kind of reason.</param>
/// <param name="Quarantine">The bad rows; without quarantine at most the first 20.</param>
public sealed record ReadReport(long Lines, int Duplicates, int Bad, IReadOnlyDictionary<string, int> Reasons, IReadOnlyList<BadRow> Quarantine)
{
    /// <summary>Nothing was read, nothing was bad.</summary>
    public static ReadReport Empty { get; } = new(0, 0, 0, new Dictionary<string, int>(), []);
}
