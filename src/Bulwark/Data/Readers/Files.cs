namespace Bulwark.Data.Readers;

/// <summary>Files by name, where a suffix <c>.gz</c> never matters.</summary>
internal static class Files
{
    /// <summary>A path without its suffix <c>.gz</c>.</summary>
    public static string Plain(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;

    /// <summary>The last part of a path, without <c>.gz</c> and the extension behind it.</summary>
    public static string NameOf(string path)
    {
        var full = Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar);
        return Directory.Exists(full) ? Path.GetFileName(full) : Path.GetFileNameWithoutExtension(Plain(full));
    }

    /// <summary>The one file of a folder with this name, or (<paramref name="suffix"/>) with a name that ends so; null if there is none.</summary>
    /// <exception cref="DataException">There are several.</exception>
    public static string? Find(string folder, string name, bool suffix = false)
    {
        var found = All(folder, name, suffix);
        return found.Count < 2 ? found.FirstOrDefault() : throw new DataException(
            folder, null, $"has {found.Count} files {(suffix ? "*" : "")}{name}: {string.Join(", ", found.Select(Path.GetFileName))}", "keep one of them");
    }

    /// <summary>The one file of a folder with this name or suffix.</summary>
    /// <exception cref="DataException">There is none, or there are several.</exception>
    public static string Need(string folder, string name, bool suffix = false) => Find(folder, name, suffix)
        ?? throw new DataException(folder, null, $"has no file {(suffix ? "*" : "")}{name}", "add it or name another format");

    /// <summary>All files of a folder with this name or suffix, in ordinal order.</summary>
    /// <exception cref="DataException">It is no folder.</exception>
    public static List<string> All(string folder, string name, bool suffix)
    {
        if (!Directory.Exists(folder)) throw new DataException(folder, null, "is not a folder, which this format needs", "name the folder");
        return [.. Directory.EnumerateFiles(folder)
            .Where(path => Plain(Path.GetFileName(path)) is var own && (suffix ? own.EndsWith(name, StringComparison.Ordinal) : own == name))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The file <c>x{tail}.txt</c> beside <c>x.txt</c>, if it exists.</summary>
    public static string? Beside(string path, string tail)
    {
        var plain = Plain(Path.GetFileName(path));
        var name = Path.GetFileNameWithoutExtension(plain) + tail + Path.GetExtension(plain);
        return Find(Path.GetDirectoryName(Path.GetFullPath(path))!, name);
    }
}
