using Bulwark.Cli.Settings;
using Bulwark.Cli.Verbs;
using Bulwark.Evaluation;

namespace Bulwark.Cli.Output;

/// <summary><c>--print-config</c>: every setting, its value, and where it came from.</summary>
internal static class PrintConfig
{
    /// <summary>Shows the settings if the call asks for it.</summary>
    public static bool Wanted(Call call, Resolved settings)
    {
        if (!call.PrintConfig) return false;
        var rows = settings.Settings.Select(setting => settings.Origin(setting) is var (value, from) ? (string[])[setting.Key, value, from] : []);
        var format = settings.Settings.Contains(Known.Format) ? settings.Get(Known.Format) : OutputFormat.Table;
        call.Terminal.Write(new Table(["setting", "value", "from"], [.. rows], [false, false, false]), format);
        return true;
    }
}
