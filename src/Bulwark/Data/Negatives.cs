namespace Bulwark.Data;

/// <summary>The items that a file gives to rank each user's test item against, as compressed rows.</summary>
public sealed class Negatives
{
    private readonly int[] _start, _items;

    /// <summary>Takes the arrays over.</summary>
    /// <param name="start">(users + 1) where each user's items start.</param>
    /// <param name="items">Item indices, user after user.</param>
    public Negatives(int[] start, int[] items)
    {
        if (start.Length == 0 || start[0] != 0 || start[^1] != items.Length)
            throw new ArgumentException($"The starts must run from 0 to the number of items, {items.Length}.", nameof(start));
        (_start, _items) = (start, items);
    }

    /// <summary>Compressed rows of one list for each user; null for none.</summary>
    internal static Negatives From(IReadOnlyList<List<int>?> lists, int userCount)
    {
        var start = new int[userCount + 1];
        for (var user = 0; user < userCount; user++) start[user + 1] = start[user] + (user < lists.Count ? lists[user]?.Count ?? 0 : 0);
        var items = new int[start[^1]];
        for (var user = 0; user < Math.Min(userCount, lists.Count); user++) lists[user]?.CopyTo(items, start[user]);
        return new(start, items);
    }

    /// <summary>Number of users.</summary>
    public int UserCount => _start.Length - 1;

    /// <summary>Number of negatives of all users.</summary>
    public int Count => _items.Length;

    /// <summary>(users + 1) where each user's items start.</summary>
    public ReadOnlySpan<int> Start => _start;

    /// <summary>The negatives of a user; empty if the file gives none.</summary>
    public ReadOnlySpan<int> this[int user] => _items.AsSpan(_start[user].._start[user + 1]);
}
