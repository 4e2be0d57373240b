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
        var rows = Refill(users.Length, total);
        for (var row = 0; row < users.Length; row++) rows.Add(row, histories.SortedItems(users[row]));
    }

    /// <summary>The one bag of these distinct items.</summary>
    public void Fill(ReadOnlySpan<int> items) => Refill(1, items.Length).Add(0, items);

    /// <summary>Several bags, of distinct items each.</summary>
    public void Fill(IReadOnlyList<int[]> bags)
    {
        var rows = Refill(bags.Count, bags.Sum(bag => bag.Length));
        for (var row = 0; row < bags.Count; row++) rows.Add(row, bags[row]);
    }

    /// <summary>Rebuilds the row groupings that earlier contents were asked for.</summary>
    public void Regroup()
    {
        Items.Regroup();
        Owners.Regroup();
    }

    private Rows Refill(int count, int total)
    {
        Count = count;
        return new() { Items = Items.Refill(total), Owners = Owners.Refill(total), Shares = Shares.Refill(total) };
    }

    /// <summary>The three lists, written bag by bag.</summary>
    private ref struct Rows
    {
        public required Span<int> Items, Owners;
        public required Span<float> Shares;
        private int _at;

        public void Add(int row, ReadOnlySpan<int> own)
        {
            own.CopyTo(Items[_at..]);
            Owners.Slice(_at, own.Length).Fill(row);
            Shares.Slice(_at, own.Length).Fill(1 / MathF.Sqrt(own.Length));
            _at += own.Length;
        }
    }
}
