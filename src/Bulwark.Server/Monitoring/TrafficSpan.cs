namespace Bulwark.Server.Monitoring;

/// <summary>The newest windows as one: who took what, each pair once, by item and by user.</summary>
internal sealed class TrafficSpan
{
    public TrafficSpan(IEnumerable<TrafficWindow> windows)
    {
        var seen = new HashSet<(int, int)>();
        foreach (var pair in windows.SelectMany(window => window.Pairs))
        {
            if (!seen.Add((pair.User, pair.Item))) continue;
            Of(ByItem, pair.Item).Add(pair);
            Of(ByUser, pair.User).Add(pair.Item);
        }
        Pairs = seen.Count;
    }

    public int Pairs { get; }

    public Dictionary<int, List<Pair>> ByItem { get; } = [];

    public Dictionary<int, List<int>> ByUser { get; } = [];

    private static List<T> Of<T>(Dictionary<int, List<T>> lists, int key) => lists.TryGetValue(key, out var list) ? list : lists[key] = [];
}
