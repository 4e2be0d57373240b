using System.Text;
using Bulwark.Data.Writers;
using Bulwark.Tensors;

namespace Bulwark.Data.Readers;

/// <summary>
/// RecBole's atomic files (Zhao et al. 2021): tab-separated, the header gives each column a type: <c>user_id:token</c>, <c>rating:float</c>.
/// <c>x.item</c> and <c>x.user</c> stand beside <c>x.inter</c>; <c>x.test.inter</c>, if there, is the test part. <c>x.pictures-idx4-ubyte</c>
/// has a picture for each row of <c>x.item</c>.
/// </summary>
internal static class RecBoleReader
{
    public static Dataset Read(string path, Reading reading)
    {
        var inter = Directory.Exists(path) ? MainFile(path) : path;
        var folder = Path.GetDirectoryName(Path.GetFullPath(inter))!;
        var name = Path.GetFileNameWithoutExtension(Files.Plain(inter));
        var rows = ReadRows(inter, reading);
        var testPath = Files.Find(folder, name + ".test.inter");
        var test = testPath is null ? null : Built(ReadRows(testPath, reading), testPath);
        var items = Attributes(folder, name + ".item", reading);
        return new(
            name, Built(rows, inter), items, Attributes(folder, name + ".user", reading),
            test, null, "RecBole atomic files", reading.Report())
        {
            Pictures = Pictures(folder, name + RecBoleWriter.Pictures, items),
        };

        Interactions Built((InteractionsBuilder Rows, ContextColumns Context) read, string file) => reading.Build(read.Rows, file, read.Context);
    }

    /// <summary>The pictures of the rows of the file of items, if there are some.</summary>
    private static Tensor? Pictures(string folder, string name, AttributeTable? items)
    {
        if (Files.Find(folder, name) is not { } path) return null;
        var pictures = IdxReader.ReadImages(path);
        return items?.Count == pictures.Shape[0] ? pictures : throw new DataException(
            path, null, $"has {pictures.Shape[0]} pictures for {items?.Count ?? 0} rows of a file of items", "give each row one picture, in the same order");
    }

    /// <summary>The <c>.inter</c> file of a folder: the one called like it, or the only one that is no test part.</summary>
    private static string MainFile(string folder)
    {
        var all = Files.All(folder, ".inter", suffix: true).Where(path => !Files.Plain(path).EndsWith(".test.inter", StringComparison.Ordinal)).ToList();
        var own = Files.NameOf(folder) + ".inter";
        return all.Find(path => Files.Plain(Path.GetFileName(path)) == own) ?? (all.Count == 1 ? all[0] : throw new DataException(
            folder, null, all.Count == 0 ? "has no file *.inter" : $"has {all.Count} files *.inter", "name the file to read"));
    }

    private static (InteractionsBuilder Rows, ContextColumns Context) ReadRows(string path, Reading reading)
    {
        using var reader = new LineReader(path, reading);
        var record = new CsvRecord(reader, (byte)'\t');
        record.Parse(reader.Header());
        string[] names = [.. Typed(record, path).Select(column => column.Name)];
        var columns = Columns.Of(names, path, record.Line);
        var context = new ContextColumns(reading.Context, names, path, record.Line);
        var sink = new RowSink(reading, columns.Value >= 0, columns.Time >= 0, columns.Kind >= 0);
        while (record.Next())
        {
            if (record.Count != columns.Count) reading.Bad(path, record.Line, record.Text, RowSink.WrongCount(record.Count, columns.Count));
            else if (sink.Add(path, record.Line, record.Text, DelimitedReader.Fields(record, columns))) context.Add(record);
        }
        return (sink.Rows, context);
    }

    /// <summary>Names and types of a header.</summary>
    private static List<(string Name, AttributeKind Kind)> Typed(CsvRecord header, string path)
    {
        var columns = new List<(string, AttributeKind)>();
        foreach (var field in header.ToArray())
        {
            var colon = field.LastIndexOf(':');
            AttributeKind? kind = colon < 0 ? null : field[(colon + 1)..] switch
            {
                "token" => AttributeKind.Token,
                "token_seq" => AttributeKind.TokenSequence,
                "float" => AttributeKind.Float,
                "float_seq" => AttributeKind.FloatSequence,
                _ => null,
            };
            if (kind is null)
                throw new DataException(
                    path, header.Line, $"the column '{Reading.Excerpt(Encoding.UTF8.GetBytes(field))}' has no type",
                    "write it as name:type with the type token, token_seq, float or float_seq, with tabs between columns");
            columns.Add((field[..colon], kind.Value));
        }
        return columns;
    }

    /// <summary>The attributes in a file, if it exists: the first column is the id; of rows with one id the last stays.</summary>
    private static AttributeTable? Attributes(string folder, string name, Reading reading)
    {
        if (Files.Find(folder, name) is not { } path) return null;
        using var reader = new LineReader(path, reading);
        var record = new CsvRecord(reader, (byte)'\t');
        record.Parse(reader.Header());
        var header = Typed(record, path);
        var ids = new Interner(new());
        var texts = header.Select(column => column.Kind == AttributeKind.Float ? null : new List<string?>()).ToArray();
        var numbers = header.Select(column => column.Kind == AttributeKind.Float ? new List<float>() : null).ToArray();
        while (record.Next())
        {
            if (Fault(record, header) is { } fault)
            {
                reading.Bad(path, record.Line, record.Text, fault);
                continue;
            }
            var row = ids.GetOrAdd(record[0]);
            for (var column = 1; column < header.Count; column++)
            {
                if (texts[column] is { } text) Put(text, row, record[column].IsEmpty ? null : Encoding.UTF8.GetString(record[column]));
                else Put(numbers[column]!, row, Texts.TryNumber(record[column], out var number) ? number : float.NaN);
            }
        }
        var columns = new List<AttributeColumn>();
        for (var column = 1; column < header.Count; column++)
            columns.Add(texts[column] is { } text ? new(header[column].Name, [.. text], header[column].Kind) : new(header[column].Name, [.. numbers[column]!]));
        return new(ids.Vocabulary, columns);
    }

    private static Fault? Fault(CsvRecord record, List<(string Name, AttributeKind Kind)> header)
    {
        if (record.Count != header.Count) return RowSink.WrongCount(record.Count, header.Count);
        if (!System.Text.Unicode.Utf8.IsValid(record.Text)) return RowSink.NotUtf8;
        if (record[0].IsEmpty) return RowSink.NoId(header[0].Name);
        for (var column = 1; column < header.Count; column++)
            if (header[column].Kind == AttributeKind.Float && !record[column].IsEmpty && !Texts.TryNumber(record[column], out _))
                return RowSink.NotANumber(header[column].Name, record[column]);
        return null;
    }

    private static void Put<T>(List<T> column, int row, T value)
    {
        if (row == column.Count) column.Add(value);
        else column[row] = value;
    }
}
