using System.Collections.Concurrent;
using Bulwark.Data;

namespace Bulwark.Server.Live;

/// <summary>Ids of training and, behind them, new ones in the order in which they came. One thread adds while others read.</summary>
internal sealed class LiveIds(Vocabulary training)
{
    private readonly ConcurrentDictionary<string, int> _rows = new(StringComparer.Ordinal);
    private volatile string[] _new = [];
    private volatile int _count = training.Count;

    /// <summary>How many there are; rows are below it.</summary>
    public int Count => _count;

    /// <summary>The id of a row.</summary>
    public string this[int row] => row < training.Count ? training[row] : _new[row - training.Count];

    /// <summary>The row of an id; −1 where it is not known.</summary>
    public int Find(string id) => training.TryGet(id, out var row) || _rows.TryGetValue(id, out row) ? row : -1;

    /// <summary>The row of an id, which is added if it is not known.</summary>
    public int GetOrAdd(string id)
    {
        if (Find(id) is >= 0 and var known) return known;
        var row = _count;
        var ids = _new;
        if (row - training.Count == ids.Length) Array.Resize(ref ids, Math.Max(16, ids.Length * 2));
        ids[row - training.Count] = id;
        _new = ids;                                          // the id stands before anybody can find its row
        _rows[id] = row;
        _count = row + 1;
        return row;
    }
}
