namespace Bulwark.Tests.Architecture;

/// <summary>The repository on disk, found by walking up from the tests to the folder with Bulwark.slnx.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["bin", "obj", "runs", "TestResults", "BenchmarkDotNet.Artifacts", ".git", ".vs", ".idea"];
    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".slnx", ".json", ".md", ".txt", ".yml", ".editorconfig", ".gitignore", "/run", "/LICENSE"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every text file that belongs to the repository.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } = [.. Walk(Root).OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <summary>The C# files below a folder.</summary>
    public static IEnumerable<SourceFile> Sources(params string[] folders) =>
        Files.Where(file => file.Path.EndsWith(".cs") && folders.Any(folder => file.Path.StartsWith(folder + "/")));

    /// <summary>The documents: Markdown anywhere.</summary>
    public static IEnumerable<SourceFile> Documents => Files.Where(file => file.Path.EndsWith(".md"));

    public static SourceFile File(string path) =>
        Files.FirstOrDefault(file => file.Path == path) ?? throw new FileNotFoundException($"The repository has no {path}.");

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static IEnumerable<SourceFile> Walk(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            var relative = Path.GetRelativePath(Root, path).Replace('\\', '/');
            if (TextEndings.Any(('/' + relative).EndsWith)) yield return new(relative, System.IO.File.ReadAllText(path));
        }
        foreach (var child in Directory.EnumerateDirectories(folder).Where(child => !Generated.Contains(Path.GetFileName(child))))
            foreach (var file in Walk(child)) yield return file;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Bulwark.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException("There is no Bulwark.slnx above the tests; run them inside the repository.");
    }
}
