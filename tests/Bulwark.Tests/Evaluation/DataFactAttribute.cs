namespace Bulwark.Tests.Evaluation;

/// <summary>A test on a public data set that is not part of the repository: skipped where the data are missing.</summary>
internal sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute(string set)
    {
        if (Find(set) is null) Skip = $"The data set '{set}' is not here: set BULWARK_DATA to the folder that holds it.";
    }

    public static string? Find(string set)
    {
        var roots = new List<string?> { Environment.GetEnvironmentVariable("BULWARK_DATA") };
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            roots.Add(Path.Combine(folder.FullName, "shared", "data"));
        return roots.Where(root => root is not null).Select(root => Path.Combine(root!, set)).FirstOrDefault(Directory.Exists);
    }
}
