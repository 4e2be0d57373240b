using Spectre.Console;

namespace Bulwark.Cli.Output;

/// <summary>Where results and progress go.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Progress and complaints.</param>
/// <param name="OutIsTerminal">Whether someone looks at the results as they come.</param>
/// <param name="ErrorIsTerminal">Whether someone looks at the progress.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool OutIsTerminal = false, bool ErrorIsTerminal = false)
{
    /// <summary>A console that draws on one of the two.</summary>
    public IAnsiConsole Canvas(TextWriter writer) => AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(writer) });
}
