using Bulwark.Cli.Models;

namespace Bulwark.Cli.Settings;

/// <summary>Every setting of a verb with its value and where it came from: defaults, then files, then flags, then <c>--set</c>.</summary>
internal sealed class Resolved
{
    private readonly Dictionary<string, (string Value, string From)> _values = [];
    private readonly Layer[] _layers;
    private HashSet<string>? _read;                          // the keys read, where somebody watches

    /// <summary>Later layers win. A layer may hold keys that the verb does not use, but none that no verb knows.</summary>
    /// <exception cref="UsageException">A key is unknown, or a value makes no sense.</exception>
    public Resolved(IReadOnlyList<Setting> settings, IEnumerable<Layer> layers)
    {
        (Settings, _layers) = (settings, [.. layers]);
        foreach (var setting in settings) _values[setting.Key] = (setting.Default, "default");
        foreach (var layer in _layers)
            foreach (var (key, value) in layer.Values)
                if (_values.ContainsKey(key)) _values[key] = (value, layer.From);
        foreach (var setting in settings) Check(setting);
    }

    /// <summary>The settings, in the order of the verb.</summary>
    public IReadOnlyList<Setting> Settings { get; }

    /// <summary>A setting's value.</summary>
    public T Get<T>(Setting<T> setting) => Read(setting, setting.Parse);

    /// <summary>The same for a member of an ensemble: its own defaults below whatever was given, and its name.</summary>
    public Resolved Of(ModelKind member) => new(
        Settings, [new($"default of {member}", member.Defaults), .. _layers, new("member", new Dictionary<string, string> { [Known.Model.Key] = member.Name })]);

    /// <summary>A setting's value as text and where it came from.</summary>
    public (string Value, string From) Origin(Setting setting) => _values.TryGetValue(setting.Key, out var origin)
        ? origin : throw new InvalidOperationException($"The verb does not declare the setting '{setting.Key}'.");

    /// <summary>The same settings with another layer above all others.</summary>
    /// <exception cref="UsageException">A value makes no sense.</exception>
    public Resolved With(Layer layer) => new(Settings, [.. _values.Select(value => Layer.Of(value.Value.From, value.Key, value.Value.Value)), layer]);

    /// <summary>The keys of the settings that some work reads.</summary>
    public IReadOnlySet<string> ReadBy(Action<Resolved> work)
    {
        var watched = With(new("", new Dictionary<string, string>()));
        watched._read = [];
        work(watched);
        return watched._read;
    }

    /// <summary>Reads a setting for nothing but a complaint where its value makes no sense.</summary>
    public void Check(Setting setting) => Read(setting, value => { setting.Check(value); return 0; });

    private T Read<T>(Setting setting, Func<string, T> parse)
    {
        var (value, from) = Origin(setting);
        _read?.Add(setting.Key);
        try
        {
            return parse(value);
        }
        catch (FormatException needs)
        {
            throw new UsageException($"{setting.Key} needs {needs.Message}, but {from} gives '{value}'.");
        }
    }
}
