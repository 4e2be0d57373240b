using System.Text;

namespace Bulwark.Data.Readers;

/// <summary>Recognizes formats by the names in a folder, and by the name and the first lines of a file.</summary>
internal static class FormatDetector
{
    private const int Sample = 50;
    private static readonly string[] Extensions = [".csv", ".tsv", ".txt", ".dat", ".data", ".jsonl", ".ndjson", ".json"];

    /// <summary>The format, and the path to read: the folder or file itself, or the one data file in a folder.</summary>
    /// <exception cref="DataException">Nothing is recognized.</exception>
    public static (InputFormat Format, string Path) Detect(string path) => Directory.Exists(path) ? DetectFolder(path) : (DetectFile(path), path);

    /// <summary>The one data file of a folder, for formats of single files.</summary>
    public static string OneFile(string path)
    {
        if (!Directory.Exists(path)) return path;
        var files = Extensions.SelectMany(extension => Files.All(path, extension, suffix: true)).ToList();
        if (files.Count == 1) return files[0];
        var names = string.Join(", ", files.Take(8).Select(Path.GetFileName));
        var found = files.Count == 0 ? "has no data file" : $"has {files.Count} data files that fit no known layout ({names})";
        throw new DataException(path, null, found, "name the file to read");
    }

    private static (InputFormat, string) DetectFolder(string folder)
    {
        if (Files.All(folder, ".inter", suffix: true).Count > 0) return (InputFormat.RecBole, folder);
        if (Files.All(folder, ".test.rating", suffix: true).Count > 0) return (InputFormat.Ncf, folder);
        if (Has("train.pairs.tsv") && Has("testset.tsv")) return (InputFormat.Msap, folder);
        if (Has("train.txt") && Has("test.txt")) return (InputFormat.LightGcn, folder);
        if (MovieLensReader.Names.Any(Has)) return (InputFormat.MovieLens, folder);
        var file = OneFile(folder);
        return (DetectFile(file), file);

        bool Has(string name) => Files.All(folder, name, suffix: false).Count > 0;
    }

    private static InputFormat DetectFile(string path)
    {
        using var reader = new LineReader(path);
        var plain = Files.Plain(path);
        var extension = Path.GetExtension(plain).ToLowerInvariant();
        if (extension == ".inter") return InputFormat.RecBole;
        if (extension is ".jsonl" or ".ndjson" or ".json") return InputFormat.JsonLines;
        if (Path.GetFileName(plain) is "u.data" or "ratings.dat") return InputFormat.MovieLens;
        var first = reader.Header();
        if (first.TrimStart(" \t"u8) is [(byte)'{', ..]) return InputFormat.JsonLines;
        if (IsHeader(first)) return InputFormat.Delimited;

        var separator = FieldSplitter.Guess(first);
        var count = FieldSplitter.Count(first, separator);
        var table = extension is ".csv" or ".tsv" || separator is Separator.Comma or Separator.Semicolon;
        if (table && !HasNumber(first, separator)) return InputFormat.Delimited;       // its reader says which column is missing
        if (separator != Separator.Spaces) return InputFormat.Headerless;
        if (count is < 2 or > 4) return InputFormat.Sequences;
        for (var line = 1; line < Sample && reader.NextRow(out var next); line++)
            if (FieldSplitter.Count(next, separator) != count) return InputFormat.Sequences;
        return InputFormat.Headerless;
    }

    /// <summary>Whether some field of the first line is a name of a column.</summary>
    private static bool IsHeader(ReadOnlySpan<byte> line)
    {
        if (line.Length > 10_000) return false;
        var text = Encoding.UTF8.GetString(line);
        return text.Split((char)DelimitedReader.Delimiter(line)).Any(field => Columns.RoleOf(field.Trim('"')) is not null);
    }

    private static bool HasNumber(ReadOnlySpan<byte> line, Separator separator)
    {
        var fields = new FieldSplitter(line, separator);
        while (fields.Next(out var field))
            if (Texts.TryNumber(field, out _)) return true;
        return false;
    }
}
