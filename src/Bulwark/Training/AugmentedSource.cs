using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>A change of a batch after it was filled: it may rewrite the batch, and draws from the given stream alone.</summary>
public delegate void Augmentation<in TBatch>(TBatch batch, Rng rng);

/// <summary>Another source's batches, changed at random: what a batch becomes depends on its step and the seed alone, and is new each epoch.</summary>
/// <param name="source">Where the batches come from.</param>
/// <param name="rng">Drives the changes.</param>
/// <param name="augmentations">Applied in turn.</param>
public sealed class AugmentedSource<TBatch>(IBatchSource<TBatch> source, Rng rng, params IReadOnlyList<Augmentation<TBatch>> augmentations)
    : IBatchSource<TBatch> where TBatch : IBatch
{
    private readonly Rng _draws = rng.Fork("augmentation");

    /// <inheritdoc/>
    public int StepsPerEpoch => source.StepsPerEpoch;

    /// <inheritdoc/>
    public TBatch Create() => source.Create();

    /// <inheritdoc/>
    public void Fill(TBatch batch, long step)
    {
        source.Fill(batch, step);
        var draws = _draws.Fork(step);
        for (var i = 0; i < augmentations.Count; i++) augmentations[i](batch, draws.Fork(i));
    }
}
