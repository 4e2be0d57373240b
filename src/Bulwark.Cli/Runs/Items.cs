using Bulwark.Cli.Settings;

namespace Bulwark.Cli.Runs;

/// <summary>Items that a setting names by id.</summary>
internal static class Items
{
    /// <summary>Their rows; none for an empty setting.</summary>
    /// <exception cref="UsageException">There is no item of an id.</exception>
    public static int[] Of(Resolved settings, Setting<string> setting, Bench bench) => settings.Get(setting).Length == 0
        ? [] : [.. Parse.List(Parse.Text)(settings.Get(setting)).Select(bench.Item)];
}
