using System.Buffers;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Evaluation;

/// <summary>What to do with a user's scores.</summary>
/// <param name="n">The position of the user in the list of users.</param>
/// <param name="scores">(items): the caller may write to them.</param>
internal delegate void ScoredUser(int n, Span<float> scores);

/// <summary>Scores users block by block and hands out the rows: the only place where evaluation scores, waits and goes parallel.</summary>
internal static class ScoredUsers
{
    private const int BlockScores = 1 << 21, BlockUsers = 128;        // 8 MB of scores in flight, and enough rows for a fast matrix product

    /// <summary>Calls <paramref name="worker"/> once a block and what it returns once for each user of the block.</summary>
    public static void ForEach(IRecommender model, int[] users, Func<ScoredUser> worker, IProgress<int>? progress, CancellationToken cancel)
    {
        var items = model.ItemCount;
        var size = Math.Clamp(BlockScores / Math.Max(items, 1), 1, BlockUsers);
        var (done, gate) = (0, new Lock());
        ForBlocks((users.Length + size - 1) / size, block =>
        {
            cancel.ThrowIfCancellationRequested();
            var part = users.AsSpan(block * size, Math.Min(size, users.Length - block * size));
            var scores = ArrayPool<float>.Shared.Rent(part.Length * items);
            model.Score(part, scores.AsSpan(0, part.Length * items));
            var body = worker();
            for (var row = 0; row < part.Length; row++) body(block * size + row, scores.AsSpan(row * items, items));
            ArrayPool<float>.Shared.Return(scores);
            lock (gate) progress?.Report(done += part.Length);        // blocks end on any thread; listeners hear one at a time, rising
        });
    }

    private static void ForBlocks(int count, Action<int> body) => Team.Run(count, body, static (body, block) => body(block));
}
