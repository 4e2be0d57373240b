namespace Bulwark.Data.Readers;

/// <summary>MovieLens (Harper and Konstan 2015): <c>u.data</c> of 100K, <c>ratings.dat</c> of 1M and 10M, <c>ratings.csv</c> of 20M and later.</summary>
internal static class MovieLensReader
{
    /// <summary>The names of its rating files.</summary>
    public static readonly string[] Names = ["u.data", "ratings.dat", "ratings.csv"];

    public static Dataset Read(string path, Reading reading)
    {
        var file = !Directory.Exists(path) ? path : Names.Select(name => Files.Find(path, name)).FirstOrDefault(found => found is not null)
            ?? throw new DataException(path, null, $"has none of {string.Join(", ", Names)}", "name the file to read");
        var name = Files.Plain(Path.GetFileName(file));
        var dataset = name.EndsWith(".csv", StringComparison.Ordinal) ? DelimitedReader.Read(file, reading) : HeaderlessReader.Read(file, reading);
        return dataset with { Name = Files.NameOf(Path.GetDirectoryName(Path.GetFullPath(file))!), Format = $"MovieLens {name}" };
    }
}
