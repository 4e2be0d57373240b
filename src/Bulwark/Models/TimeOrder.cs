using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>
/// The positions of several histories by time: all first items, then all second ones … Longer histories come first, so that those which still go on
/// are always the foremost of those before.
/// </summary>
internal sealed class TimeOrder
{
    private readonly List<int> _begin = [];

    /// <summary>Which position comes n-th: (positions).</summary>
    public Ids Order { get; } = new();

    /// <summary>When each position comes: (positions).</summary>
    public Ids Back { get; } = new();

    /// <summary>Where each step begins in the order, and behind them the number of positions.</summary>
    public IReadOnlyList<int> Begin => _begin;

    public void Build(ReadOnlySpan<int> start)
    {
        var (count, starts) = (start.Length - 1, start.ToArray());
        var longestFirst = Enumerable.Range(0, count).OrderByDescending(s => starts[s + 1] - starts[s]).ToArray();
        Span<int> order = Order.Refill(start[^1]), back = Back.Refill(start[^1]);
        _begin.Clear();
        var n = 0;
        for (var step = 0; n < order.Length; step++)
        {
            _begin.Add(n);
            foreach (var s in longestFirst)
            {
                if (starts[s] + step >= starts[s + 1]) break;
                (order[n], back[starts[s] + step]) = (starts[s] + step, n);
                n++;
            }
        }
        _begin.Add(n);
    }
}
