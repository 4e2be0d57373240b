using System.Collections.Concurrent;
using Bulwark.Models;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>A recommender that is asked for each user's scores once, however often a search for weights wants them.</summary>
internal sealed class KeptScores(IRecommender inner) : IRecommender
{
    private readonly ConcurrentDictionary<int, float[]> _kept = new();

    public int UserCount => inner.UserCount;

    public int ItemCount => inner.ItemCount;

    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        var missing = users.ToArray().Where(user => !_kept.ContainsKey(user)).ToArray();
        if (missing.Length > 0)
        {
            var found = new float[missing.Length * ItemCount];
            inner.Score(missing, found);
            foreach (var (row, user) in missing.Index()) _kept[user] = found.AsSpan(row * ItemCount, ItemCount).ToArray();
        }
        for (var row = 0; row < users.Length; row++) _kept[users[row]].CopyTo(scores[(row * ItemCount)..]);
    }

    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores) => inner.ScoreHistory(history, scores);
}
