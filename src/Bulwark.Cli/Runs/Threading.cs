using Bulwark.Cli.Settings;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>How many threads work.</summary>
internal static class Threading
{
    /// <summary>Puts the setting into effect.</summary>
    public static void Use(Resolved settings) => Team.Threads = settings.Get(Known.Threads) ?? Environment.ProcessorCount;
}
