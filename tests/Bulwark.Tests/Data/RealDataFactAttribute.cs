namespace Bulwark.Tests.Data;

/// <summary>A test on published data, skipped where they are not there: see <see cref="RealData"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealDataFactAttribute : FactAttribute
{
    public RealDataFactAttribute(string path)
    {
        if (RealData.Find(path) is null) Skip = $"'{path}' was not found; set BULWARK_DATA to the folder of data sets.";
    }
}

/// <summary>Published data sets: in the folder that BULWARK_DATA names, or in <c>shared/data</c> beside or above the tests.</summary>
public static class RealData
{
    /// <summary>The full path of a file or folder of the data, or null.</summary>
    public static string? Find(string path)
    {
        if (Environment.GetEnvironmentVariable("BULWARK_DATA") is { Length: > 0 } root) return Existing(Path.Combine(root, path));
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Existing(Path.Combine(folder.FullName, "shared", "data", path)) is { } found) return found;
        return null;
    }

    private static string? Existing(string path) => Path.Exists(path) ? path : null;
}
