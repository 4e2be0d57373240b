namespace Bulwark.Cli;

/// <summary>The command line or a setting makes no sense. The message is one sentence that says what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
