namespace Bulwark.Data;

/// <summary>
/// The policy on repeated rows: of all rows with the same user, item and (where known) kind, the latest stays, and of equally late ones the
/// one furthest down the file.
/// </summary>
internal static class Duplicates
{
    /// <summary>The rows that stay, ascending.</summary>
    public static int[] LastOfEach(ReadOnlySpan<int> user, ReadOnlySpan<int> item, ReadOnlySpan<long> time, ReadOnlySpan<EventKind> kind, int userCount)
    {
        var start = new int[userCount + 1];
        foreach (var u in user) start[u + 1]++;
        for (var u = 0; u < userCount; u++) start[u + 1] += start[u];

        var keys = new ulong[user.Length];                              // item and row: one user's rows sort by item, then down the file
        var next = start.AsSpan(0, userCount).ToArray();
        for (var row = 0; row < user.Length; row++) keys[next[user[row]]++] = (ulong)(uint)item[row] << 32 | (uint)row;

        var keep = new bool[user.Length];
        var kept = 0;
        Span<int> last = stackalloc int[4];                             // of each kind, in the current run of one item
        for (var u = 0; u < userCount; u++)
        {
            var own = keys.AsSpan(start[u]..start[u + 1]);
            own.Sort();
            for (int from = 0, to; from < own.Length; from = to)
            {
                last.Fill(-1);
                for (to = from; to < own.Length && own[to] >> 32 == own[from] >> 32; to++)
                {
                    var row = (int)(uint)own[to];
                    ref var best = ref last[kind.IsEmpty ? 0 : (int)kind[row]];
                    if (best < 0 || time.IsEmpty || time[row] >= time[best]) best = row;
                }
                foreach (var row in last)
                    if (row >= 0) (keep[row], kept) = (true, kept + 1);
            }
        }

        var rows = new int[kept];
        for (int row = 0, at = 0; row < keep.Length; row++)
            if (keep[row]) rows[at++] = row;
        return rows;
    }
}
