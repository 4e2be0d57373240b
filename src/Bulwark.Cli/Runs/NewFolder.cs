namespace Bulwark.Cli.Runs;

/// <summary>A folder that appears whole or not at all.</summary>
internal static class NewFolder
{
    /// <summary>Writes beside the path and renames.</summary>
    /// <exception cref="UsageException">The folder is there and holds something.</exception>
    public static void Write(string path, Action<string> write)
    {
        CheckFree(path);
        var aside = path.TrimEnd('/', '\\') + ".partial";
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        try
        {
            Directory.CreateDirectory(aside);
            write(aside);
            if (Directory.Exists(path)) Directory.Delete(path);
            Directory.Move(aside, path);
        }
        catch
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
            throw;
        }
    }

    private static void CheckFree(string path)
    {
        if (path.Length == 0) throw new UsageException("The output folder has no name; give one with --out.");
        if (File.Exists(path)) throw new UsageException($"{path} is a file; give a folder with --out.");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new UsageException($"{path} is not empty; give a new folder with --out.");
    }
}
