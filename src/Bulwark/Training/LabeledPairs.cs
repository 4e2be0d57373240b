using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>A batch of (user, item, label): a rating, or 1 for touched and 0 for not.</summary>
public sealed class LabeledPairs : IBatch
{
    /// <summary>User of each pair, (batch).</summary>
    public Ids Users { get; } = new();

    /// <summary>Item of each pair, (batch).</summary>
    public Ids Items { get; } = new();

    /// <summary>Label of each pair, (batch).</summary>
    public Floats Labels { get; } = new();

    /// <inheritdoc/>
    public int Count => Users.Count;

    /// <inheritdoc/>
    public void Regroup()
    {
        Users.Regroup();
        Items.Regroup();
    }
}
