namespace Bulwark.Server.Monitoring;

/// <summary>How often accounts took each item, and found it in their lists, in windows that are past; older ones count less and less.</summary>
/// <param name="halfLife">In windows.</param>
internal sealed class ItemPast(int halfLife)
{
    private const double Prior = 0.5;                        // pairs that an item has before it has any
    private readonly double _keep = Math.Pow(0.5, 1.0 / halfLife);
    private double[] _taken = [], _ranked = [], _listed = [];     // pairs; those of windows with ranks; those in lists
    private double _allTaken, _allRanked, _allListed;

    /// <summary>Items with a past or room for one.</summary>
    public int Items => _taken.Length;

    /// <summary>Starts from what training knows, as if it had been this many pairs.</summary>
    public void Start(int[] counts, double pairs)
    {
        Grow(counts.Length);
        var scale = pairs / Math.Max(1, counts.Sum(count => (long)count));
        for (var item = 0; item < counts.Length; item++) _taken[item] = counts[item] * scale;
        _allTaken = pairs;
    }

    /// <summary>One more window is past.</summary>
    /// <param name="window">The window.</param>
    /// <param name="counts">Whose pairs count; those of others do not become what is usual.</param>
    /// <param name="ranked">Whether the window's lists are known.</param>
    public void Add(TrafficWindow window, Func<int, bool> counts, bool ranked)
    {
        Pair[] pairs = [.. window.Pairs.Where(pair => counts(pair.User))];
        Grow(pairs.Select(pair => pair.Item + 1).DefaultIfEmpty(0).Max());
        foreach (var column in new[] { _taken, _ranked, _listed })
            for (var item = 0; item < column.Length; item++) column[item] *= _keep;
        (_allTaken, _allRanked, _allListed) = (_allTaken * _keep + pairs.Length, _allRanked * _keep + (ranked ? pairs.Length : 0), _allListed * _keep);
        foreach (var (_, item, listed) in pairs)
        {
            _taken[item]++;
            if (ranked) _ranked[item]++;
            if (!listed) continue;
            _listed[item]++;
            _allListed++;
        }
    }

    /// <summary>Whether anybody took the item.</summary>
    public bool Has(int item) => item < Items && _taken[item] > 0;

    /// <summary>The share of all pairs that the item may be expected to have.</summary>
    public double ShareOf(int item) => WeightOf(item) / (_allTaken + Prior * Math.Max(1, Items));

    /// <summary>How many pairs this expectation rests on.</summary>
    public double WeightOf(int item) => (item < Items ? _taken[item] : 0) + Prior;

    /// <summary>The share of those who took the item who found it in their lists, mixed with a few of all items.</summary>
    public double ListedShareOf(int item)
    {
        const double few = 4;
        var usual = (_allListed + 1) / (_allRanked + 2);
        return item < Items ? (_listed[item] + few * usual) / (_ranked[item] + few) : usual;
    }

    private void Grow(int items)
    {
        if (items <= Items) return;
        Array.Resize(ref _taken, items);
        Array.Resize(ref _ranked, items);
        Array.Resize(ref _listed, items);
    }
}
