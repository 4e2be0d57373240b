using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>A batch of (user, item touched), and items drawn for all of them.</summary>
public sealed class ContrastiveBatch : IBatch
{
    /// <summary>User of each pair, (batch).</summary>
    public Ids Users { get; } = new();

    /// <summary>An item the user touched, (batch).</summary>
    public Ids Positives { get; } = new();

    /// <summary>Items drawn for the whole batch, every item alike, (drawn).</summary>
    public Ids Drawn { get; } = new();

    /// <summary>1 / n_b where user b has not touched the drawn item, else 0, with n_b how many those are: (batch · drawn).</summary>
    public Floats Shares { get; } = new();

    /// <inheritdoc/>
    public int Count => Users.Count;

    /// <inheritdoc/>
    public void Regroup()
    {
        Users.Regroup();
        Positives.Regroup();
        Drawn.Regroup();
    }
}
