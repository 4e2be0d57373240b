namespace Bulwark.Cli;

/// <summary>A run was stopped and left something to go on from. The message says how to resume.</summary>
internal sealed class InterruptedException(string message) : Exception(message);
