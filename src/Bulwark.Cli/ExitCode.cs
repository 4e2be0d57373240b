namespace Bulwark.Cli;

/// <summary>What the command returns to the shell.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The command line or a setting makes no sense.</summary>
    public const int Usage = 1;

    /// <summary>Data, a model file or an output folder cannot be used.</summary>
    public const int Data = 2;

    /// <summary>A robustness gate was asked for and failed.</summary>
    public const int Gate = 3;

    /// <summary>Ctrl+C: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
