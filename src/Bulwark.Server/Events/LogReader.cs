namespace Bulwark.Server.Events;

/// <summary>Reads a log back.</summary>
internal static class LogReader
{
    /// <summary>Its lines, and where the last finished one ends.</summary>
    /// <exception cref="InvalidDataException">A finished line is none of a log.</exception>
    public static (List<LogLine> Lines, long End) Read(Stream file, string path)
    {
        var (lines, end, rest, block) = (new List<LogLine>(), 0L, new List<byte>(), new byte[1 << 16]);
        file.Position = 0;
        for (int read; (read = file.Read(block)) > 0;)
        {
            var left = block.AsSpan(0, read);
            for (int at; (at = left.IndexOf((byte)'\n')) >= 0; left = left[(at + 1)..])
            {
                rest.AddRange(left[..at]);
                end += rest.Count + 1;
                lines.Add(LogLine.Read([.. rest]) ?? throw new InvalidDataException(
                    $"{path}, line {lines.Count + 1}: this is no line of a log of events; restore the file, or move it away to begin anew."));
                rest.Clear();
            }
            rest.AddRange(left);
        }
        return (lines, end);
    }
}
