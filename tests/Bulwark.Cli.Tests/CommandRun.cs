namespace Bulwark.Cli.Tests;

/// <summary>The command on a temporary folder of its own, in this process.</summary>
public sealed class CommandRun : IDisposable
{
    public CommandRun()
    {
        Folder = Directory.CreateTempSubdirectory("bulwark-cli-").FullName;
    }

    /// <summary>The folder, which is gone afterwards.</summary>
    public string Folder { get; }

    /// <summary>A path in the folder.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Writes a file in the folder and gives its path.</summary>
    public string File(string name, string text)
    {
        System.IO.File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Runs the command.</summary>
    public static (int Code, string Out, string Error) Run(params string[] args) => Run(default, args);

    /// <summary>Runs the command with something that may stop it.</summary>
    public static (int Code, string Out, string Error) Run(CancellationToken cancel, params string[] args)
    {
        using StringWriter output = new(), error = new();
        var code = Cli.Run(args, output, error, cancel);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>The command must refuse: one line on standard error that holds these words, nothing on standard output, no stack.</summary>
    public static void Refuses(int code, string[] words, params string[] args)
    {
        var (actual, output, error) = Run(args);
        Assert.True(code == actual, $"Exit code {actual} instead of {code}: {error}");
        Assert.Equal("", output);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("bulwark: ", error);
        Assert.DoesNotContain("   at ", error);
        Assert.DoesNotContain("Exception", error);
        foreach (var word in words) Assert.Contains(word, error);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
