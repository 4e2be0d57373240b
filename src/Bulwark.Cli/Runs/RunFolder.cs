using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bulwark.Cli.Settings;

namespace Bulwark.Cli.Runs;

/// <summary>
/// The folder of a run. Until the run is done it is called <c>….partial</c>; then it gets its name. A failed run leaves nothing, a stopped
/// one its checkpoint, and a search for settings its trials either way.
/// </summary>
internal sealed class RunFolder
{
    private const string Aside = ".partial", CheckpointPrefix = "checkpoint";
    private readonly bool _resumed;

    private RunFolder(string final, bool resumed) => (Final, _resumed) = (final, resumed);

    /// <summary>What the folder is called when the run is done.</summary>
    public string Final { get; }

    /// <summary>What it is called until then.</summary>
    public string Path => Final + Aside;

    /// <summary>A path in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Where the run of a hardening keeps the model that was trained as long without the defense.</summary>
    public string Twin => TwinOf(Path);

    /// <summary>The same folder of a finished run.</summary>
    public static string TwinOf(string run) => System.IO.Path.Combine(run, "undefended");

    /// <summary>Where trainings save how far they are.</summary>
    public string Checkpoint => this[CheckpointPrefix];

    private string[] Checkpoints => Directory.Exists(Path) ? Directory.GetFiles(Path, CheckpointPrefix + "*") : [];

    private bool HasTrials => File.Exists(this[TrialFile.Name]);

    /// <summary>
    /// Does a run's work in a new folder <c>dataset-model-time-hash</c>, or in that of a stopped run, and returns the folder's final path.
    /// </summary>
    /// <exception cref="InterruptedException">The run was stopped and can go on; the message says how.</exception>
    public static string Use(Resolved settings, string verb, string dataset, string model, string dataHash, Action<RunFolder> work)
    {
        var resume = settings.Get(Known.Resume);
        return Use(settings, verb, resume.Length > 0 ? Of(resume) : New(settings, settings.Get(Known.Out), dataset, model, dataHash), work);
    }

    /// <summary>The same in a new folder beside a file that the run writes.</summary>
    public static string Beside(string file, Resolved settings, string verb, string model, string dataHash, Action<RunFolder> work) => Use(
        settings, verb,
        New(settings, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file))!, System.IO.Path.GetFileNameWithoutExtension(file), model, dataHash), work);

    private static string Use(Resolved settings, string verb, RunFolder folder, Action<RunFolder> work)
    {
        try
        {
            Directory.CreateDirectory(folder.Path);
            if (!folder._resumed) folder.Write("config.json", ConfigFile.Text(settings));
            work(folder);
            foreach (var checkpoint in folder.Checkpoints) File.Delete(checkpoint);
            Directory.Move(folder.Path, folder.Final);
            return folder.Final;
        }
        catch (OperationCanceledException) when (folder.Checkpoints.Length > 0 || folder.HasTrials)
        {
            throw new InterruptedException($"Stopped; nothing is lost: go on with bulwark {verb} --resume {folder.Path}");
        }
        catch
        {
            if (!folder._resumed && !folder.HasTrials && Directory.Exists(folder.Path)) Directory.Delete(folder.Path, recursive: true);
            throw;
        }
    }

    /// <summary>Writes a text file whole or not at all.</summary>
    public void Write(string name, string text) => Write(name, file => file.Write(text));

    /// <summary>Writes a text file whole or not at all.</summary>
    public void Write(string name, Action<TextWriter> write) => WholeFile.Write(this[name], write);

    /// <summary>The stopped run behind <c>--resume</c>.</summary>
    private static RunFolder Of(string path)
    {
        var trimmed = path.TrimEnd('/', '\\');
        if (!trimmed.EndsWith(Aside, StringComparison.Ordinal) || !File.Exists(System.IO.Path.Combine(trimmed, "config.json")))
            throw new UsageException($"{path} is not the folder of a stopped run; give one whose name ends in {Aside}.");
        return new RunFolder(trimmed[..^Aside.Length], resumed: true);
    }

    private static RunFolder New(Resolved settings, string parent, string dataset, string model, string dataHash)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ConfigFile.Text(settings) + dataHash)))[..8];
        var time = DateTimeOffset.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var invalid = System.IO.Path.GetInvalidFileNameChars();
        var name = string.Concat(dataset.Select(c => char.IsWhiteSpace(c) || invalid.Contains(c) ? '-' : c));
        var stem = System.IO.Path.Combine(parent, $"{name}-{model}-{time}-{hash}");
        var path = stem;
        for (var again = 2; Path(path) || Path(path + Aside); again++) path = $"{stem}-{again}";
        return new RunFolder(path, resumed: false);

        static bool Path(string path) => System.IO.Path.Exists(path);
    }
}
