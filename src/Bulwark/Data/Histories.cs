namespace Bulwark.Data;

/// <summary>The rows of each user in time order (equal times, and data without times: in row order), as compressed rows.</summary>
public sealed class Histories
{
    private readonly int[] _start, _rows, _items;
    private readonly Lazy<(int[] Start, int[] Items)> _sorted;

    internal Histories(Interactions interactions)
    {
        var users = interactions.User;
        var items = interactions.Item;
        _start = new int[interactions.UserCount + 1];
        foreach (var user in users) _start[user + 1]++;
        for (var user = 0; user < interactions.UserCount; user++) _start[user + 1] += _start[user];

        _rows = new int[users.Length];
        var next = _start.AsSpan(0, interactions.UserCount).ToArray();
        for (var row = 0; row < users.Length; row++) _rows[next[users[row]]++] = row;
        if (interactions.HasTimes) SortByTime(interactions.Time);

        _items = new int[users.Length];
        for (var at = 0; at < _rows.Length; at++) _items[at] = items[_rows[at]];
        _sorted = new(SortItems);
    }

    /// <summary>Number of users, those without rows included.</summary>
    public int UserCount => _start.Length - 1;

    /// <summary>(users + 1) where the items of each user start in the concatenation of all <see cref="Items(int)"/>.</summary>
    public ReadOnlySpan<int> Start => _start;

    /// <summary>The items of a user, oldest first; an item comes once for each of its rows.</summary>
    public ReadOnlySpan<int> Items(int user) => _items.AsSpan(_start[user].._start[user + 1]);

    /// <summary>The row numbers behind <see cref="Items(int)"/>, to reach values, times and kinds.</summary>
    public ReadOnlySpan<int> Rows(int user) => _rows.AsSpan(_start[user].._start[user + 1]);

    /// <summary>The distinct items of a user, ascending.</summary>
    public ReadOnlySpan<int> SortedItems(int user)
    {
        var (start, items) = _sorted.Value;
        return items.AsSpan(start[user]..start[user + 1]);
    }

    /// <summary>Whether a user has a row with this item: O(log history).</summary>
    public bool Contains(int user, int item) => SortedItems(user).BinarySearch(item) >= 0;

    private void SortByTime(ReadOnlySpan<long> times)
    {
        var longest = 0;
        for (var user = 0; user < UserCount; user++) longest = Math.Max(longest, _start[user + 1] - _start[user]);
        var keys = new long[longest];
        for (var user = 0; user < UserCount; user++)
        {
            var rows = _rows.AsSpan(_start[user].._start[user + 1]);
            var sorted = true;
            for (var i = 0; i < rows.Length; i++)
            {
                keys[i] = times[rows[i]];
                sorted &= i == 0 || keys[i - 1] <= keys[i];
            }
            if (sorted) continue;
            var own = keys.AsSpan(0, rows.Length);
            own.Sort(rows);
            for (int from = 0, to; from < rows.Length; from = to)        // the sort above is not stable: order ties by row
            {
                for (to = from + 1; to < rows.Length && own[to] == own[from];) to++;
                rows[from..to].Sort();
            }
        }
    }

    private (int[] Start, int[] Items) SortItems()
    {
        var start = new int[_start.Length];
        var items = (int[])_items.Clone();
        var kept = 0;
        for (var user = 0; user < UserCount; user++)
        {
            var own = items.AsSpan(_start[user].._start[user + 1]);
            own.Sort();
            for (var i = 0; i < own.Length; i++)
                if (i == 0 || own[i] != own[i - 1]) items[kept++] = own[i];
            start[user + 1] = kept;
        }
        return (start, kept == items.Length ? items : items[..kept]);
    }
}
