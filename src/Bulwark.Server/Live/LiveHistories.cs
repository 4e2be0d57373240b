using System.Collections.Concurrent;
using Bulwark.Data;
using Bulwark.Server.Events;

namespace Bulwark.Server.Live;

/// <summary>Who has touched what, in training and since. One thread adds; others read at any time, and what they were given never changes.</summary>
internal sealed class LiveHistories(Interactions train)
{
    private readonly ConcurrentDictionary<int, int[]> _changed = [];               // whole histories of those who did something since training
    private readonly List<int> _counts = [.. train.ItemCounts()];
    private volatile int[] _popularity = train.ItemCounts();
    private int _stale;

    /// <summary>Users, those of training first.</summary>
    public LiveIds Users { get; } = new(train.Users);

    /// <summary>Items, those of training first.</summary>
    public LiveIds Items { get; } = new(train.Items);

    /// <summary>How often each item was touched, by a user once; at most a hundred touches behind.</summary>
    public int[] Popularity => _popularity;

    /// <summary>What a user has touched, oldest first, each item once, where it came last; nothing for a row of nobody.</summary>
    public int[] Of(int user) => _changed.TryGetValue(user, out var own) ? own : user >= 0 && user < train.UserCount ? Last(train.ByUser.Items(user)) : [];

    /// <summary>Whether a user did something since training.</summary>
    public bool HasChanged(int user) => _changed.ContainsKey(user);

    /// <summary>One more event.</summary>
    public Touch Add(TouchEvent each)
    {
        var (user, item) = (Users.GetOrAdd(each.User), Items.GetOrAdd(each.Item));
        var before = Of(user);
        var isNew = !before.Contains(item);
        _changed[user] = isNew ? [.. before, item] : [.. before.Where(other => other != item), item];
        while (_counts.Count < Items.Count) _counts.Add(0);
        if (isNew) _counts[item]++;
        if (_counts.Count > _popularity.Length || ++_stale >= 100) (_popularity, _stale) = ([.. _counts], 0);
        return new(user, item, each.Time, before);
    }

    private static int[] Last(ReadOnlySpan<int> items)
    {
        var (seen, last) = (new HashSet<int>(items.Length), new List<int>(items.Length));
        for (var n = items.Length - 1; n >= 0; n--)
            if (seen.Add(items[n])) last.Add(items[n]);
        last.Reverse();
        return [.. last];
    }
}
