namespace Bulwark.Attacks.Poisoning;

/// <summary>A generator had no gradient from its own loss: it would seem to train and learn nothing.</summary>
public sealed class VanishedGradientException(string message) : Exception(message);
