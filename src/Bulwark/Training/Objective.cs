using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>A loss for each batch: what training makes small. Without a source of randomness the loss is deterministic: no dropout.</summary>
public delegate Loss Objective<in TBatch>(TBatch batch, Rng? rng);
