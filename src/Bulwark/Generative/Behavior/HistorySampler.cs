using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Generative.Behavior;

/// <summary>How likely each item is to come next: histories, oldest item first, to ℓ, (histories, items).</summary>
public delegate Tensor NextItemScores(IReadOnlyList<int[]> histories);

/// <summary>Draws ordered histories, each item by softmax(ℓ) behind those before.</summary>
/// <param name="items">How many items there are.</param>
/// <param name="scores">ℓ; every history has at least one item.</param>
public sealed class HistorySampler(int items, NextItemScores scores)
{
    private const int Chunk = 256;

    /// <summary>Whether anybody has an item twice.</summary>
    public static bool Repeats(Interactions real) => real.DistinctPairs().Count < real.Count;

    /// <summary>
    /// The statistical control, a chain of first order: behind i the next item is j with (c(i, j) + m(i) p(j)) / (c(i) + m(i)), c counts of what followed what, m(i) how
    /// many different items followed i, and p popularity (Witten and Bell 1991).
    /// </summary>
    public static HistorySampler MarkovChain(Interactions real)
    {
        var popularity = real.ItemCounts().Select(count => count + 0.5f).ToArray();
        var (total, after) = (popularity.Sum(), Enumerable.Range(0, real.ItemCount).Select(_ => new Dictionary<int, int>()).ToArray());
        for (var user = 0; user < real.UserCount; user++)
        {
            var own = real.ByUser.Items(user);
            for (var t = 1; t < own.Length; t++) after[own[t - 1]][own[t]] = after[own[t - 1]].GetValueOrDefault(own[t]) + 1;
        }
        return new(real.ItemCount, histories =>
        {
            var logs = new float[histories.Count * real.ItemCount];
            for (var row = 0; row < histories.Count; row++)
            {
                var followed = after[histories[row][^1]];
                var own = logs.AsSpan(row * real.ItemCount, real.ItemCount);
                var different = Math.Max(1, followed.Count);
                for (var item = 0; item < own.Length; item++)
                    own[item] = MathF.Log(followed.GetValueOrDefault(item) + different * popularity[item] / total);
            }
            return Tensor.Of((histories.Count, real.ItemCount), logs);
        });
    }

    /// <summary>Histories of these lengths that begin so, with at least one item each.</summary>
    /// <param name="lengths">How many items each is to have.</param>
    /// <param name="known">How each begins.</param>
    /// <param name="repeats">Whether an item may come twice.</param>
    /// <param name="rng">Chance.</param>
    /// <exception cref="ArgumentException">A history begins with nothing, or cannot be as long.</exception>
    public int[][] Draw(IReadOnlyList<int> lengths, IReadOnlyList<int[]> known, bool repeats, Rng rng)
    {
        for (var row = 0; row < lengths.Count; row++)
            if (known[row].Length < 1 || !repeats && lengths[row] > items) throw new ArgumentException(
                $"A history of {lengths[row]} of {items} items cannot begin with {known[row].Length}: give at least one, and no more than it is to have.");
        int[][] all = [.. known];
        foreach (var rows in Enumerable.Range(0, all.Length).OrderBy(row => lengths[row]).Chunk(Chunk))
            for (var t = 0; Open(rows) is { Length: > 0 } open; t++) Continue(open, rng.Fork(rows[0]).Fork(t));
        return all;

        int[] Open(int[] rows) => [.. rows.Where(row => all[row].Length < lengths[row])];

        void Continue(int[] open, Rng chance)
        {
            using var scope = Scope.Open();
            int[][] histories = [.. open.Select(row => all[row])];
            var ranking = scores(histories);
            var values = (ranking + GumbelSoftmax.Noise(ranking.Shape, chance)).Values.ToArray();
            foreach (var (n, row) in open.Index())
            {
                var own = values.AsSpan(n * items, items);
                foreach (var item in repeats ? [] : histories[n]) own[item] = float.NegativeInfinity;
                var best = new int[1];
                TopK.Select(own, best, new float[1]);
                all[row] = [.. histories[n], best[0]];
            }
        }
    }

    /// <summary>
    /// New users, synthetic-1 and so on: the length of each, its first item, its beginning and the time between any two of its items are those of random real ones,
    /// each by itself. Without times they are 1, 2, 3, ….
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="real">Whose lengths, first items and times are drawn, and whose items are numbered.</param>
    /// <param name="rng">Chance.</param>
    public Interactions Generate(int count, Interactions real, Rng rng)
    {
        int[] users = [.. Enumerable.Range(0, real.UserCount).Where(user => real.ByUser.Items(user).Length > 0)];
        var (lengths, firsts, times) = (rng.Fork("lengths"), rng.Fork("firsts"), rng.Fork("times"));
        int Anybody(Rng chance) => users[chance.Next(users.Length)];
        int[] drawn = [.. Enumerable.Range(0, count).Select(_ => real.ByUser.Items(Anybody(lengths)).Length)];
        var histories = Draw(drawn, [.. drawn.Select(_ => real.ByUser.Items(Anybody(firsts))[..1].ToArray())], Repeats(real), rng.Fork("histories"));
        var builder = new InteractionsBuilder(ProfileSampler.Names(count), real.Items, hasTimes: true);
        var gaps = Gaps(real);
        for (var user = 0; user < count; user++)
        {
            var time = real.HasTimes ? real.Time[real.ByUser.Rows(Anybody(times))[0]] : 1;
            foreach (var item in histories[user])
            {
                builder.Add(user, item, time: time);
                time += gaps.Length > 0 ? gaps[times.Next(gaps.Length)] : 1;
            }
        }
        return builder.Build();
    }

    /// <summary>The times between one event and the next of a user, of all of them; none where there are no times.</summary>
    private static long[] Gaps(Interactions real) => !real.HasTimes ? [] :
        [.. Enumerable.Range(0, real.UserCount).SelectMany(user =>
        {
            long[] own = [.. real.ByUser.Rows(user).ToArray().Select(row => real.Time[row])];
            return own.Skip(1).Zip(own, (later, earlier) => later - earlier);
        })];
}
