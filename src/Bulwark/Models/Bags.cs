using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>What some users touched, without order: one row for each user, of ones at the touched items, held as a list. It is refilled rather than made anew.</summary>
public sealed class Bags
{
    /// <summary>How many users there are; some may have touched nothing.</summary>
    public int Count { get; private set; }

    /// <summary>The touched items, distinct for each user, user after user: (touched).</summary>
    public Ids Items { get; } = new();

    /// <summary>The row of the user who touched each: (touched).</summary>
    public Ids Owners { get; } = new();

    /// <summary>1 / √n, n items of its user: the rows of ones at unit L2 norm. (touched).</summary>
    public Floats Shares { get; } = new();

    /// <summary>The bags of these users.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A user is unknown.</exception>
    public void Fill(Histories histories, ReadOnlySpan<int> users)
    {
        var total = 0;
        foreach (var user in users)
        {
            Touched.CheckUser(user, histories.UserCount);
            total += histories.SortedItems(user).Length;
        }
        Count = users.Length;
        Span<int> items = Items.Refill(total), owners = Owners.Refill(total);
        var shares = Shares.Refill(total);
        for (int row = 0, at = 0; row < users.Length; row++)
        {
            var own = histories.SortedItems(users[row]);
            own.CopyTo(items[at..]);
            owners.Slice(at, own.Length).Fill(row);
            shares.Slice(at, own.Length).Fill(1 / MathF.Sqrt(own.Length));
            at += own.Length;
        }
    }

    /// <summary>The one bag of these distinct items.</summary>
    public void Fill(ReadOnlySpan<int> items)
    {
        Count = 1;
        Items.Fill(items);
        Owners.Refill(items.Length).Clear();
        Shares.Refill(items.Length).Fill(1 / MathF.Sqrt(items.Length));
    }

    /// <summary>Rebuilds the row groupings that earlier contents were asked for.</summary>
    public void Regroup()
    {
        Items.Regroup();
        Owners.Regroup();
    }
}
