namespace Bulwark.Training;

/// <summary>Some users, each with a batch of their own examples: what a loss needs whose unit is the user. There may be none.</summary>
/// <param name="create">Makes an empty batch of one user.</param>
public sealed class UserBatch<TBatch>(Func<TBatch> create) : IBatch where TBatch : IBatch
{
    private readonly List<TBatch> _each = [];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>The examples of the n-th user.</summary>
    public TBatch this[int n] => n < Count ? _each[n] : throw new ArgumentOutOfRangeException(nameof(n), n, $"The batch has {Count} users.");

    /// <summary>Makes room for so many users, each to be filled at once.</summary>
    public void Refill(int count)
    {
        while (_each.Count < count) _each.Add(create());
        Count = count;
    }

    /// <inheritdoc/>
    public void Regroup()
    {
        for (var n = 0; n < Count; n++) _each[n].Regroup();
    }
}
