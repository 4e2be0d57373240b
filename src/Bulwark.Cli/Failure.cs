using Bulwark.Data;
using Bulwark.Training;

namespace Bulwark.Cli;

/// <summary>An exception as one clear sentence and an exit code; never a stack trace.</summary>
internal static class Failure
{
    /// <summary>Tells what went wrong on one line of standard error.</summary>
    public static int Tell(Exception exception, TextWriter error)
    {
        var (code, sentence) = Explain(exception);
        error.WriteLine($"bulwark: {OneLine(sentence)}");
        return code;
    }

    private static (int Code, string Sentence) Explain(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        InterruptedException => (ExitCode.Interrupted, exception.Message),
        OperationCanceledException => (ExitCode.Interrupted, "Stopped; nothing was written."),
        UsageException or TrainingException => (ExitCode.Usage, exception.Message),
        DataException or InvalidDataException or FormatException => (ExitCode.Data, exception.Message),
        UnauthorizedAccessException or IOException => (ExitCode.Data, $"{exception.Message.TrimEnd('.')}; check the path, the permissions and the space left."),
        OutOfMemoryException => (ExitCode.Data, "The data do not fit into memory; use --min-interactions or a smaller --set model.dimension."),
        ArgumentException => (ExitCode.Usage, exception.Message),
        _ => (ExitCode.Usage,
            $"Unexpected {exception.GetType().Name}: {exception.Message} This is a bug in bulwark; please report it with the command that led to it."),
    };

    /// <summary>The message without what .NET adds for programmers.</summary>
    private static string OneLine(string message)
    {
        var line = message.ReplaceLineEndings("\n").Split('\n')[0];
        var parameter = line.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return parameter < 0 ? line : line[..parameter];
    }
}
