using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>A batch of (user, item touched, item not touched).</summary>
public sealed class Triples : IBatch
{
    /// <summary>User of each triple, (batch).</summary>
    public Ids Users { get; } = new();

    /// <summary>An item the user touched, (batch).</summary>
    public Ids Positives { get; } = new();

    /// <summary>An item the user has not touched, (batch).</summary>
    public Ids Negatives { get; } = new();

    /// <inheritdoc/>
    public int Count => Users.Count;

    /// <inheritdoc/>
    public void Regroup()
    {
        Users.Regroup();
        Positives.Regroup();
        Negatives.Regroup();
    }
}
