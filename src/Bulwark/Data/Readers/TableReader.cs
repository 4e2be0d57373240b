using System.Text;

namespace Bulwark.Data.Readers;

/// <summary>
/// Any CSV (RFC 4180) or TSV with a header, column by column: which of them are numbers is said, the others are texts. Empty fields are missing. The
/// delimiter is the one of comma, tab, semicolon and bar that the header has most of.
/// </summary>
public static class TableReader
{
    /// <summary>All columns of a file; rows are called by their numbers, from 1.</summary>
    /// <param name="path">The file; it may be compressed (<c>.gz</c>).</param>
    /// <param name="numbers">Names of the columns that hold numbers.</param>
    /// <exception cref="DataException">The file is missing, has no rows, lacks a column, or a row cannot be read; the message names the line.</exception>
    public static AttributeTable Read(string path, params IReadOnlyList<string> numbers)
    {
        using var reader = new LineReader(path);
        var header = reader.Header();
        var record = new CsvRecord(reader, DelimitedReader.Delimiter(header));
        record.Parse(header);
        var names = record.ToArray();
        if (names.Length != names.Distinct().Count()) throw new DataException(path, record.Line, "two columns of the header share a name", "rename one");
        if (numbers.Except(names).FirstOrDefault() is { } lacking)
            throw new DataException(path, record.Line, $"the header has no column '{lacking}'", "name one of its columns");
        Column[] columns = [.. names.Select(name => new Column(name, numbers.Contains(name)))];
        var ids = new Vocabulary();
        while (record.Next())
        {
            if (record.Problem is { } problem) throw new DataException(path, record.Line, problem, "close the quote");
            if (record.Count != columns.Length) throw Fault(RowSink.WrongCount(record.Count, columns.Length));
            if (!System.Text.Unicode.Utf8.IsValid(record.Text)) throw Fault(RowSink.NotUtf8);
            for (var c = 0; c < columns.Length; c++)
                if (!columns[c].Add(record[c])) throw Fault(RowSink.NotANumber(columns[c].Name, record[c]));
            ids.GetOrAdd($"{ids.Count + 1}");
        }
        if (ids.Count == 0) throw new DataException(path, null, "has no rows of data", "give a file with at least one row");
        return new(ids, [.. columns.Select(column => column.Done())]);

        DataException Fault(Fault fault) => new(path, record.Line, fault.Problem, "correct the row or leave it out");
    }

    /// <summary>A column that grows; a text that occurs often is kept once.</summary>
    private sealed class Column(string name, bool isNumber)
    {
        private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
        private readonly List<float> _numbers = [];
        private readonly List<string?> _texts = [];

        public string Name => name;

        /// <summary>False where text stands in a column of numbers, or a number that is not finite.</summary>
        public bool Add(ReadOnlySpan<byte> field)
        {
            if (isNumber)
            {
                var number = float.NaN;
                if (!field.IsEmpty && !(Texts.TryNumber(field, out number) && float.IsFinite(number))) return false;
                _numbers.Add(number);
                return true;
            }
            var text = field.IsEmpty ? null : Encoding.UTF8.GetString(field);
            if (text is not null && !_known.TryAdd(text, text)) text = _known[text];
            _texts.Add(text);
            return true;
        }

        public AttributeColumn Done() => isNumber ? new(name, [.. _numbers]) : new(name, [.. _texts]);
    }
}
