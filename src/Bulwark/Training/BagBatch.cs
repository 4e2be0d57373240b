using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>A batch of users, with all that each touched.</summary>
public sealed class BagBatch : IBatch
{
    /// <summary>What they touched.</summary>
    public Bags Bags { get; } = new();

    /// <summary>1 where a user touched an item, else 0: (users × items), user after user.</summary>
    public Floats Wanted { get; } = new();

    /// <summary>The step's number, from 0 over all epochs, for what changes in the course of training.</summary>
    public long Step { get; set; }

    /// <inheritdoc/>
    public int Count => Bags.Count;

    /// <inheritdoc/>
    public void Regroup() => Bags.Regroup();
}
