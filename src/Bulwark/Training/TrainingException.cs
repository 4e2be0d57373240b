namespace Bulwark.Training;

/// <summary>Training cannot go on; the message names the cause and the remedy.</summary>
public sealed class TrainingException(string message) : Exception(message);
