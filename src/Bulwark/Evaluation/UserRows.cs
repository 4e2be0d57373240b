using System.Buffers;

namespace Bulwark.Evaluation;

/// <summary>
/// A set of items for each user, in compressed rows: user u has <c>Items[Start[u] .. Start[u + 1]]</c>, strictly ascending. Test items
/// and training items reach the protocols in this form.
/// </summary>
public sealed class UserRows
{
    /// <summary>Wraps the two arrays, without a copy, after checking them.</summary>
    /// <param name="start">(users + 1): where each row begins; the last entry is <c>items.Length</c>.</param>
    /// <param name="items">Item indices, strictly ascending within a row.</param>
    /// <exception cref="ArgumentException">The arrays are not compressed rows of ascending items.</exception>
    public UserRows(int[] start, int[] items)
    {
        if (start.Length == 0 || start[0] != 0 || start[^1] != items.Length)
            throw new ArgumentException($"Row starts must run from 0 to the number of items, {items.Length}: give users + 1 of them.", nameof(start));
        for (var user = 0; user + 1 < start.Length; user++)
        {
            if (start[user] > start[user + 1])
                throw new ArgumentException($"The row of user {user} ends before it starts: give row starts in ascending order.", nameof(start));
            for (var at = start[user]; at < start[user + 1]; at++)
                if (items[at] < 0 || at > start[user] && items[at] <= items[at - 1])
                    throw new ArgumentException($"The items of user {user} are not strictly ascending from 0: sort each row and drop repeats.", nameof(items));
            if (start[user + 1] > start[user]) ItemBound = Math.Max(ItemBound, items[start[user + 1] - 1] + 1);
        }
        (Start, Items) = (start, items);
    }

    /// <summary>(users + 1): where each row begins.</summary>
    public int[] Start { get; }

    /// <summary>All rows, one after another.</summary>
    public int[] Items { get; }

    /// <summary>How many users there are, those with an empty row included.</summary>
    public int UserCount => Start.Length - 1;

    /// <summary>One above the largest item, 0 without items.</summary>
    public int ItemBound { get; }

    /// <summary>The items of a user, ascending.</summary>
    public ReadOnlySpan<int> this[int user] => Items.AsSpan(Start[user]..Start[user + 1]);

    /// <summary>Rows from one collection of items a user, in any order; repeats count once.</summary>
    public static UserRows Of(params IEnumerable<IEnumerable<int>> rows)
    {
        List<int> start = [0], items = [];
        foreach (var row in rows)
        {
            items.AddRange(row.Distinct().Order());
            start.Add(items.Count);
        }
        return new UserRows([.. start], [.. items]);
    }

    /// <summary>Copies the rows of these users, in their order.</summary>
    /// <param name="users">(n).</param>
    /// <param name="start">(n + 1): receives where each begins.</param>
    /// <param name="items">Receives them; borrowed, and to be returned to the shared pool of arrays.</param>
    internal void Copy(ReadOnlySpan<int> users, Span<int> start, out int[] items)
    {
        start[0] = 0;
        for (var n = 0; n < users.Length; n++) start[n + 1] = start[n] + this[users[n]].Length;
        items = ArrayPool<int>.Shared.Rent(start[users.Length]);
        for (var n = 0; n < users.Length; n++) this[users[n]].CopyTo(items.AsSpan(start[n]));
    }

    /// <summary>These rows without the items of the same user in <paramref name="others"/>.</summary>
    public UserRows Except(UserRows others)
    {
        var start = new int[Start.Length];
        var items = new List<int>(Items.Length);
        for (var user = 0; user < UserCount; user++)
        {
            var other = user < others.UserCount ? others[user] : [];
            foreach (var item in this[user])
                if (other.BinarySearch(item) < 0) items.Add(item);
            start[user + 1] = items.Count;
        }
        return new UserRows(start, [.. items]);
    }

    /// <summary>The same pairs the other way round: the users of each item.</summary>
    /// <param name="itemCount">How many items there are, with or without users.</param>
    public UserRows Transposed(int itemCount)
    {
        var (start, users) = (new int[itemCount + 1], new int[Items.Length]);
        foreach (var item in Items) start[item + 1]++;
        for (var item = 0; item < itemCount; item++) start[item + 1] += start[item];
        var next = start[..^1];
        for (var user = 0; user < UserCount; user++)
            foreach (var item in this[user]) users[next[item]++] = user;
        return new UserRows(start, users);
    }

    /// <summary>(itemCount): in how many rows each item stands, which is its popularity if these are training items.</summary>
    public int[] Popularity(int itemCount)
    {
        var counts = new int[itemCount];
        foreach (var item in Items) counts[item]++;
        return counts;
    }
}
