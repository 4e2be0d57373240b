using System.Text;

namespace Bulwark.Data.Readers;

/// <summary>The columns of what else is known of each event that a reader was asked for, filled row by row with the rows themselves.</summary>
internal sealed class ContextColumns
{
    private readonly (string Name, int Place, List<string?> Texts)[] _columns;
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);            // categories repeat: one text for each

    /// <summary>Columns by the names of a header.</summary>
    /// <exception cref="DataException">The header has no column of a name.</exception>
    public ContextColumns(IReadOnlyList<string> wanted, IReadOnlyList<string> header, string file, int line)
    {
        var names = header.ToList();
        _columns = [.. wanted.Select(name => (name, names.IndexOf(name), new List<string?>()))];
        foreach (var (name, place, _) in _columns)
            if (place < 0)
                throw new DataException(file, line, $"the header has no column '{name}' of events, only {string.Join(", ", names)}", "name one of them as context");
    }

    /// <summary>The columns; none where none was asked for.</summary>
    public IReadOnlyList<AttributeColumn> All => [.. _columns.Select(column => new AttributeColumn(column.Name, [.. column.Texts]))];

    /// <summary>Adds what a record says, after its row was added.</summary>
    public void Add(CsvRecord record)
    {
        foreach (var (_, place, texts) in _columns)
        {
            var text = Encoding.UTF8.GetString(record[place]);
            texts.Add(text.Length == 0 ? null : _known.TryGetValue(text, out var same) ? same : _known[text] = text);
        }
    }
}
