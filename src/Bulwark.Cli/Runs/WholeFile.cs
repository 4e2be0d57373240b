using System.Text;

namespace Bulwark.Cli.Runs;

/// <summary>A text file that appears whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the path and renames.</summary>
    public static void Write(string path, Action<TextWriter> write)
    {
        var aside = path + ".new";
        try
        {
            using (var file = new StreamWriter(aside, append: false, new UTF8Encoding(false)) { NewLine = "\n" }) write(file);
            File.Move(aside, path, overwrite: true);
        }
        finally
        {
            File.Delete(aside);
        }
    }
}
