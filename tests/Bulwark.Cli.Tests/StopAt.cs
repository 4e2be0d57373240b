namespace Bulwark.Cli.Tests;

/// <summary>Presses Ctrl+C when a line begins with some words.</summary>
public sealed class StopAt(CancellationTokenSource stop, string words) : StringWriter
{
    public override void WriteLine(string? line)
    {
        base.WriteLine(line);
        if (line?.StartsWith(words) ?? false) stop.Cancel();
    }
}
