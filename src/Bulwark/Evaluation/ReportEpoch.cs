namespace Bulwark.Evaluation;

/// <summary>One epoch of training.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The mean training loss of the epoch.</param>
/// <param name="Validation">The validation metric after it, when it was measured.</param>
public sealed record ReportEpoch(int Epoch, double Loss, double? Validation = null);
