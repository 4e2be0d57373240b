namespace Bulwark.Benchmarks.Reproductions;

/// <summary>Published data sets: what <c>--data</c> names, else in the folder that BULWARK_DATA names, else in <c>shared/data</c> above.</summary>
internal static class DataFolder
{
    /// <exception cref="DirectoryNotFoundException">The data set is in none of these places.</exception>
    public static string Find(Arguments options, string name)
    {
        if (options.Text("data") is { } given) return given;
        if (Environment.GetEnvironmentVariable("BULWARK_DATA") is { Length: > 0 } root)
            if (Path.Combine(root, name) is var named && Path.Exists(named)) return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "data", name) is var path && Path.Exists(path)) return path;
        throw new DirectoryNotFoundException($"'{name}' was not found: name its folder with --data, or set BULWARK_DATA to the folder of data sets.");
    }
}
