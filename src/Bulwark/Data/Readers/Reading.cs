using System.Text;

namespace Bulwark.Data.Readers;

/// <summary>Why a row cannot be used: the kind of reason for counting, the exact problem, and the remedy.</summary>
internal readonly record struct Fault(string Kind, string Problem, string Remedy);

/// <summary>One call of <see cref="DatasetReader.Open"/>: its options, and what became of the lines so far.</summary>
internal sealed class Reading(ReadOptions options, IProgress<ReadProgress>? progress, CancellationToken cancellation)
{
    private const int Samples = 20, LongestText = 1000, LinesPerReport = 1 << 16;
    private readonly Dictionary<string, int> _reasons = [];
    private readonly List<BadRow> _rows = [];
    private long _lines;
    private int _bad, _duplicates;

    /// <summary>User ids of all files of the call.</summary>
    public Interner Users { get; } = new(new());

    /// <summary>Item ids of all files of the call.</summary>
    public Interner Items { get; } = new(new());

    /// <summary>Counts a line with content, reports progress and honors cancellation.</summary>
    public void CountLine(string file, int line)
    {
        _lines++;
        if (line % LinesPerReport != 0) return;
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(new(file, line));
    }

    /// <summary>Deals with a row that cannot be used as the options say.</summary>
    public void Bad(LineReader at, ReadOnlySpan<byte> text, Fault fault) => Bad(at.Path, at.Line, text, fault);

    /// <inheritdoc cref="Bad(LineReader, ReadOnlySpan{byte}, Fault)"/>
    public void Bad(string file, int line, ReadOnlySpan<byte> text, Fault fault)
    {
        if (options.OnError == OnError.Fail) throw new DataException(file, line, fault.Problem, fault.Remedy);
        _bad++;
        _reasons[fault.Kind] = _reasons.GetValueOrDefault(fault.Kind) + 1;
        if (options.OnError == OnError.Quarantine) _rows.Add(new(file, line, fault.Problem, Excerpt(text, LongestText)));
        else if (_rows.Count < Samples) _rows.Add(new(file, line, fault.Problem, null));
    }

    /// <summary>Columns of interactions to keep beside the usual ones.</summary>
    public IReadOnlyList<string> Context => options.Context;

    /// <summary>The report so far.</summary>
    public ReadReport Report() => new(_lines, _duplicates, _bad, _reasons, _rows);

    /// <summary>The rows of a builder without repeated ones.</summary>
    /// <exception cref="DataException">There are none.</exception>
    public Interactions Build(InteractionsBuilder rows, string file, ContextColumns? context = null)
    {
        if (rows.Count == 0 && _rows.Count > 0)
            throw new DataException(
                file, null, $"none of its {_lines} rows can be used, the first because on line {_rows[0].Line} {_rows[0].Reason}",
                "correct the file or name its format");
        if (rows.Count == 0) throw new DataException(file, null, "has no rows of data", "give a file with at least one row");
        var interactions = rows.BuildDistinct(out var duplicates, context?.All);
        _duplicates += duplicates;
        return interactions;
    }

    /// <summary>Text for messages, cut where it is long.</summary>
    public static string Excerpt(ReadOnlySpan<byte> text, int longest = 40)
    {
        var whole = text.Length <= longest;
        var shown = Encoding.UTF8.GetString(whole ? text : text[..longest]);
        return whole ? shown : shown + "…";
    }
}
