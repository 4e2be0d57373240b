using System.Collections.Concurrent;
using Bulwark.Data;
using Bulwark.Server.Events;

namespace Bulwark.Server.Live;

/// <summary>Who has touched what, in training and since. One thread adds; others read at any time, and what they were given never changes.</summary>
internal sealed class LiveHistories(Interactions train)
{
    private readonly ConcurrentDictionary<int, int[]> _changed = [];               // whole histories of those who did something since training
    private const int MostBehind = 100;
    private readonly List<int> _counts = [.. train.ItemCounts()];
    private volatile int[] _popularity = train.ItemCounts();
    private int _stale;

    /// <summary>Users, those of training first.</summary>
    public LiveIds Users { get; } = new(train.Users);

    /// <summary>Items, those of training first.</summary>
    public LiveIds Items { get; } = new(train.Items);

    /// <summary>How often each item was touched, by a user once; at most a hundred touches behind, so that it is seldom copied.</summary>
    public int[] Popularity => _popularity;

    /// <summary>What a user has touched, oldest first, each item once, where it came last; nothing for a row of nobody.</summary>
    public int[] Of(int user) => _changed.TryGetValue(user, out var own) ? own : user >= 0 && user < train.UserCount ? Last(train.ByUser.Items(user).ToArray()) : [];

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
        var popularity = _popularity;
        if (++_stale >= MostBehind) (_popularity, _stale) = ([.. _counts], 0);
        return new(user, item, each.Time, before, popularity);
    }

    /// <summary>Each item once, where it came last.</summary>
    public static int[] Last(int[] items) => [.. Enumerable.Reverse(items).Distinct().Reverse()];
}
