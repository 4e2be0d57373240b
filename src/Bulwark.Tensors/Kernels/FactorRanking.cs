using System.Buffers;

namespace Bulwark.Tensors.Kernels;

/// <summary>The best items for many users of a model that scores by dot products.</summary>
/// <remarks>Users go in blocks and items in chunks, such that a block of scores is written, masked and searched in the second-level cache.</remarks>
public static unsafe class FactorRanking
{
    private const int BlockUsers = 42, ChunkItems = 4096;

    /// <summary>
    /// Ranks all items for each user by <c>user · item + its user's bias + its own</c>, leaves out the seen ones, and keeps the k best, best first; ties by
    /// ascending item. The scores have the bits of <see cref="Functions.MatMul"/> and of sums in that order.
    /// </summary>
    /// <param name="users">Factors. // (u, d)</param>
    /// <param name="items">Factors. // (n, d)</param>
    /// <param name="d">Length of a factor.</param>
    /// <param name="seenStart">Where each user's seen items begin in <paramref name="seen"/>, and the end. // (u + 1)</param>
    /// <param name="seen">Items to leave out, in any order.</param>
    /// <param name="k">How many to keep.</param>
    /// <param name="indices">Receives the items; −1 where there are none. // (u, k)</param>
    /// <param name="values">Receives the scores; −∞ where there are none. // (u, k)</param>
    /// <param name="userBiases">(u); empty for none.</param>
    /// <param name="itemBiases">(n); empty for none.</param>
    /// <exception cref="ArgumentException">Lengths do not fit one another, or a seen item does not exist.</exception>
    public static void TopK(ReadOnlySpan<float> users, ReadOnlySpan<float> items, int d, ReadOnlySpan<int> seenStart, ReadOnlySpan<int> seen, int k,
        Span<int> indices, Span<float> values, ReadOnlySpan<float> userBiases = default, ReadOnlySpan<float> itemBiases = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(d, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 0);
        var (u, n) = (users.Length / d, items.Length / d);
        if (users.Length != u * d || items.Length != n * d) throw new ArgumentException($"Factors must be rows of {d} floats: a length is no multiple of {d}.");
        if (seenStart.Length != u + 1) throw new ArgumentException($"There are {u} users, so seenStart needs {u + 1} entries. It has {seenStart.Length}.");
        if (indices.Length != (long)u * k || values.Length != indices.Length)
            throw new ArgumentException($"Results for {u} users and k {k} need {(long)u * k} entries. There are {indices.Length} and {values.Length}.");
        if (!userBiases.IsEmpty && userBiases.Length != u || !itemBiases.IsEmpty && itemBiases.Length != n)
            throw new ArgumentException($"{u} users and {n} items have a bias each, or none. There are {userBiases.Length} and {itemBiases.Length}.");
        CheckSeen(seenStart, seen, n);
        indices.Fill(-1);
        values.Fill(float.NegativeInfinity);
        var found = ArrayPool<int>.Shared.Rent(u);
        Array.Clear(found, 0, u);
        fixed (float* user = users, item = items, value = values, ofUsers = userBiases, ofItems = itemBiases)
        fixed (int* start = seenStart, index = indices, left = seen, kept = found)
        {
            var job = new Job
            {
                Users = user, U = u, D = d, UserBiases = ofUsers, ItemBiases = ofItems, SeenStart = start, Seen = left, K = k, Indices = index, Values = value,
                Found = kept,
            };
            for (var first = 0; first < n; first += ChunkItems)
            {
                (job.First, job.Items) = (first, Math.Min(ChunkItems, n - first));
                job.Packed = Pack(job, item + (nint)first * d);
                Team.Run((u + BlockUsers - 1) / BlockUsers, job, static (job, part) => Block(job, part));
            }
        }
        ArrayPool<int>.Shared.Return(found);
    }

    private static void CheckSeen(ReadOnlySpan<int> start, ReadOnlySpan<int> seen, int n)
    {
        for (var i = 1; i < start.Length; i++)
            if (start[i] < start[i - 1]) throw new ArgumentException($"seenStart must not fall: entry {i} is {start[i]}, after {start[i - 1]}.");
        if (start[0] < 0 || start[^1] > seen.Length)
            throw new ArgumentException($"seenStart goes from {start[0]} to {start[^1]}, outside the {seen.Length} seen items.");
        var wrong = seen.IndexOfAnyExceptInRange(0, n - 1);
        if (wrong >= 0) throw new ArgumentException($"Seen item {seen[wrong]} at {wrong} is not one of the {n} items.");
    }

    private static float* Pack(in Job job, float* items)
    {
        var packed = Scratch.B(MatMul.PackedLength(job.Items, job.D));
        MatMul.PackTransposed(job.Items, job.D, items, job.D, packed);
        return packed;
    }

    private static void Block(in Job job, int part)
    {
        var (first, count) = (part * BlockUsers, Math.Min(BlockUsers, job.U - part * BlockUsers));
        var scores = Scratch.C((nint)BlockUsers * job.Items);
        MatMul.MultiplyPacked(count, job.Items, job.D, job.Users + (nint)first * job.D, job.D, job.Packed, scores, job.Items);
        for (var i = 0; i < count; i++)
        {
            var user = first + i;
            var row = scores + (nint)i * job.Items;
            if (job.UserBiases != null) Elementwise.ZipRight<Functions.Plus>(row, job.UserBiases[user], row, job.Items);
            if (job.ItemBiases != null) Elementwise.Zip<Functions.Plus>(row, job.ItemBiases + job.First, row, job.Items);
            for (var s = job.SeenStart[user]; s < job.SeenStart[user + 1]; s++)
            {
                var item = (uint)(job.Seen[s] - job.First);
                if (item < (uint)job.Items) row[item] = float.NegativeInfinity;
            }
            var at = (nint)user * job.K;
            job.Found[user] = Kernels.TopK.Continue(new(row, job.Items), job.First, new(job.Indices + at, job.K), new(job.Values + at, job.K), job.Found[user]);
        }
    }

    private struct Job
    {
        public float* Users, UserBiases, ItemBiases, Packed, Values;
        public int* SeenStart, Seen, Indices, Found;
        public int U, D, K, First, Items;
    }
}
