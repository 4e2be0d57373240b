namespace Bulwark.Data;

/// <summary>
/// The policy on repeated rows: of all rows with the same user, item and (where known) kind, the latest stays, and of equally late ones the
/// one furthest down the file.
/// </summary>
internal static class Duplicates
{
    /// <summary>The rows that stay, ascending: O(rows + users + items).</summary>
    public static int[] LastOfEach(
        ReadOnlySpan<int> user, ReadOnlySpan<int> item, ReadOnlySpan<long> time, ReadOnlySpan<EventKind> kind, int userCount, int itemCount)
    {
        var start = new int[userCount + 1];
        foreach (var u in user) start[u + 1]++;
        for (var u = 0; u < userCount; u++) start[u + 1] += start[u];
        var byUser = new int[user.Length];                              // rows of each user, down the file
        for (var row = 0; row < user.Length; row++) byUser[start[user[row]]++] = row;

        var kinds = kind.IsEmpty ? 1 : 4;
        var latest = new int[itemCount * kinds];                        // row + 1 of the latest so far: of this user, or else of one before
        var keep = new bool[user.Length];
        var kept = 0;
        foreach (var row in byUser)
        {
            ref var best = ref latest[item[row] * kinds + (kind.IsEmpty ? 0 : (int)kind[row])];
            var repeated = best > 0 && user[best - 1] == user[row];
            if (repeated && !time.IsEmpty && time[row] < time[best - 1]) continue;
            if (repeated) keep[best - 1] = false;
            else kept++;
            keep[row] = true;
            best = row + 1;
        }

        var rows = new int[kept];
        for (int row = 0, at = 0; row < keep.Length; row++)
            if (keep[row]) rows[at++] = row;
        return rows;
    }
}
