using System.Buffers;
using Bulwark.Models;

namespace Bulwark.Evaluation;

/// <summary>The best items of each user, best first, with their scores. Equal scores stand in ascending order of items.</summary>
public sealed class Recommendations
{
    private const int BlockScores = 1 << 27, BlockUsers = 1 << 12;     // a fraction of a second between two looks at whether to stop
    private readonly int[] _users;        // (users)
    private readonly int[] _items;        // (users, k)
    private readonly float[] _scores;     // (users, k)
    private readonly int[] _lengths;

    internal Recommendations(int[] users, int k, int itemCount)
    {
        (_users, K, ItemCount) = (users, k, itemCount);
        (_items, _scores, _lengths) = (new int[users.Length * k], new float[users.Length * k], new int[users.Length]);
    }

    /// <summary>The users of the lists: list n is for <c>Users[n]</c>.</summary>
    public IReadOnlyList<int> Users => _users;

    /// <summary>How long a list can be; one is shorter where the user has fewer candidates.</summary>
    public int K { get; }

    /// <summary>Items in the whole catalog.</summary>
    public int ItemCount { get; }

    /// <summary>The items of the n-th list, best first.</summary>
    public ReadOnlySpan<int> Items(int n) => _items.AsSpan(n * K, _lengths[n]);

    /// <summary>The scores of the n-th list, in the same order.</summary>
    public ReadOnlySpan<float> Scores(int n) => _scores.AsSpan(n * K, _lengths[n]);

    /// <summary>Fills the n-th list from a row of scores; −∞ never enters.</summary>
    internal void Fill(int n, ReadOnlySpan<float> scores) =>
        _lengths[n] = Bulwark.Tensors.Kernels.TopK.Select(scores, _items.AsSpan(n * K, K), _scores.AsSpan(n * K, K));

    /// <summary>Fills all lists from rows, without what each user has seen.</summary>
    internal void Fill(RowRanking rows, UserRows seen, IProgress<int>? progress, CancellationToken cancel)
    {
        var size = Math.Clamp(BlockScores / Math.Max(ItemCount, 1), 1, BlockUsers);
        var start = new int[size + 1];
        for (var first = 0; first < _users.Length; first += size)
        {
            cancel.ThrowIfCancellationRequested();
            var users = _users.AsSpan(first, Math.Min(size, _users.Length - first));
            seen.Copy(users, start, out var known);
            var items = _items.AsSpan(first * K, users.Length * K);
            rows.Best(users, start.AsSpan(0, users.Length + 1), known.AsSpan(0, start[users.Length]), items, _scores.AsSpan(first * K, users.Length * K));
            ArrayPool<int>.Shared.Return(known);
            for (var n = 0; n < users.Length; n++)
            {
                var empty = items.Slice(n * K, K).IndexOf(-1);
                _lengths[first + n] = empty < 0 ? K : empty;
            }
            progress?.Report(first + users.Length);
        }
    }
}
