using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>A batch of users, with all that each touched.</summary>
public sealed class BagBatch : IBatch
{
    /// <summary>What they touched.</summary>
    public Bags Bags { get; } = new();

    /// <summary>Who they are: (users).</summary>
    public Ids Users { get; } = new();

    /// <summary>1 where a user touched an item, else 0: (users × items), user after user.</summary>
    public Floats Wanted { get; } = new();

    /// <summary>The step's number, from 0 over all epochs, for what changes in the course of training.</summary>
    public long Step { get; set; }

    /// <inheritdoc/>
    public int Count => Bags.Count;

    /// <summary>All that these users touched, of so many items.</summary>
    internal void Fill(Histories histories, ReadOnlySpan<int> users, int itemCount, long step)
    {
        Bags.Fill(histories, users);
        Users.Fill(users);
        Step = step;
        var wanted = Wanted.Refill(users.Length * itemCount);
        wanted.Clear();
        ReadOnlySpan<int> items = Bags.Items.Rows, owners = Bags.Owners.Rows;
        for (var t = 0; t < items.Length; t++) wanted[owners[t] * itemCount + items[t]] = 1;
    }

    /// <inheritdoc/>
    public void Regroup()
    {
        Bags.Regroup();
        Users.Regroup();
    }
}
