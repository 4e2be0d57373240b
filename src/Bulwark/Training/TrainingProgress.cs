namespace Bulwark.Training;

/// <summary>Where training stands.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Epoch">Epochs done, over all stages.</param>
/// <param name="Epochs">Epochs planned.</param>
/// <param name="Loss">Mean loss of an example in this epoch so far.</param>
/// <param name="Rate">Examples a second.</param>
/// <param name="Left">Time left at this rate.</param>
/// <param name="Validation">The latest validation figure.</param>
/// <param name="Note">What else the last epoch has to say, in words; empty for nothing.</param>
public sealed record TrainingProgress(string Stage, double Epoch, int Epochs, double Loss, double Rate, TimeSpan Left, double? Validation, string Note = "");

/// <summary>One epoch of a training curve.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Epoch">Counted from 1 over all stages.</param>
/// <param name="Loss">Mean loss of an example.</param>
/// <param name="Validation">The validation figure, if it was measured.</param>
public sealed record EpochRecord(string Stage, int Epoch, double Loss, double? Validation);
