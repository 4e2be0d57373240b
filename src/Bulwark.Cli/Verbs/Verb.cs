using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;

namespace Bulwark.Cli.Verbs;

/// <summary>A verb of the command.</summary>
/// <param name="Name">One word, or two for a verb of a group: <c>data split</c>.</param>
/// <param name="Summary">One line of help.</param>
/// <param name="Settings">What it reads; those with flags become options.</param>
/// <param name="Run">Does it and returns the exit code.</param>
internal sealed record Verb(string Name, string Summary, Setting[] Settings, Func<Call, int> Run)
{
    /// <summary>What it takes without a flag; null for nothing.</summary>
    public Positional? Positional { get; init; }
}

/// <summary>What a verb takes without a flag.</summary>
/// <param name="Name">Its name in help.</param>
/// <param name="Help">One line.</param>
/// <param name="Least">How many at least.</param>
/// <param name="Most">How many at most.</param>
/// <param name="Means">The setting it is another way to give, where it is one.</param>
internal sealed record Positional(string Name, string Help, int Least, int Most, Setting? Means = null);

/// <summary>A verb as it was called.</summary>
/// <param name="Verb">Which.</param>
/// <param name="Layers">Its settings from files, flags and <c>--set</c>, weakest first.</param>
/// <param name="Arguments">What came without a flag.</param>
/// <param name="PrintConfig">Whether only the settings are to be shown.</param>
/// <param name="Terminal">Where output goes.</param>
/// <param name="Cancel">Ctrl+C.</param>
internal sealed record Call(
    Verb Verb, IReadOnlyList<Layer> Layers, IReadOnlyList<string> Arguments, bool PrintConfig, Terminal Terminal, CancellationToken Cancel)
{
    private static readonly string[] FreeOnResume = [Known.Resume.Key, Known.Format.Key, Known.Threads.Key];

    /// <summary>
    /// The settings. Weaker than the command line are these layers, or those of the stopped run that goes on; weaker still the model's defaults.
    /// </summary>
    /// <exception cref="UsageException">A setting makes no sense, or would change what a stopped run was doing.</exception>
    public Resolved Resolve(params IEnumerable<Layer> weaker)
    {
        if (Given(Known.Resume) is { Length: > 0 } stopped)
        {
            var changed = Layers.FirstOrDefault(layer => layer.Values.Keys.Except(FreeOnResume).Any());
            if (changed is not null) throw new UsageException($"A stopped run goes on with its own settings; leave {changed.From} out.");
            weaker = [Layer.File(Path.Combine(stopped, "config.json"), Cli.Settings)];
        }
        Layer[] layers = [.. weaker, .. Layers];
        if (!Verb.Settings.Contains(Known.Model)) return new(Verb.Settings, layers);
        var name = layers.LastOrDefault(layer => layer.Values.ContainsKey(Known.Model.Key))?.Values[Known.Model.Key] ?? Known.Model.Default;
        return new(Verb.Settings, layers.Prepend(new($"default of {name}", ModelKinds.Parse(name).Defaults)));
    }

    private string? Given(Setting setting) => Layers.LastOrDefault(layer => layer.Values.ContainsKey(setting.Key))?.Values[setting.Key];
}
