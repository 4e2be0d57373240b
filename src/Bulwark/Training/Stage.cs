namespace Bulwark.Training;

/// <summary>A stretch of training with one objective. Stages follow each other with one optimizer, whose state carries over.</summary>
/// <param name="Name">What progress and curves call it.</param>
/// <param name="Epochs">How many passes over the data.</param>
/// <param name="Objective">What is made small.</param>
/// <param name="FreshState">Whether the optimizer's state starts anew here, keeping the weights.</param>
public sealed record Stage<TBatch>(string Name, int Epochs, Objective<TBatch> Objective, bool FreshState = false);
