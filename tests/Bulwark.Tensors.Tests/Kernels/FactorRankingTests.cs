using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Tests.Kernels;

[Trait("Category", "Kernels")]
[Collection("Team")]
public sealed class FactorRankingTests
{
    /// <summary>
    /// User (1, 0) scores items (3, 9), (5, 0), (4, 2) as 3, 5, 4; user (0, 1) as 9, 0, 2, and has seen item 0: one place of three stays empty.
    /// </summary>
    [Fact]
    public void RanksUnseenItemsByDotProduct()
    {
        var (indices, values) = (new int[6], new float[6]);
        FactorRanking.TopK([1, 0, 0, 1], [3, 9, 5, 0, 4, 2], 2, [0, 0, 1], [0], 3, indices, values);
        Assert.Equal([1, 2, 0, 2, 1, -1], indices);
        Assert.Equal([5, 4, 3, 2, 0, float.NegativeInfinity], values);
    }

    /// <summary>
    /// The scores above are 3, 5, 4 and 9, 0, 2; with biases 2 and −1 of users and 0, −4, 1 of items 5, 3, 7 and 8, −5, 2. A bias of a user is added first:
    /// odd numbers above 2²⁴ are no floats, so 2²⁴ + 1 and 2²⁴ + 2 + 1 become 2²⁴ and 2²⁴ + 4, and biases of 0 and −4 make the two items tie.
    /// </summary>
    [Fact]
    public void BiasesCount()
    {
        var (indices, values) = (new int[6], new float[6]);
        FactorRanking.TopK([1, 0, 0, 1], [3, 9, 5, 0, 4, 2], 2, [0, 0, 0], [], 3, indices, values, [2, -1], [0, -4, 1]);
        Assert.Equal([2, 0, 1, 0, 2, 1], indices);
        Assert.Equal([7, 5, 3, 8, 2, -5], values);
        FactorRanking.TopK([1], [1 << 24, (1 << 24) + 2], 1, [0, 0], [], 2, indices.AsSpan(0, 2), values.AsSpan(0, 2), [1], [0, -4]);
        Assert.Equal([0, 1], indices[..2]);
        Assert.Equal([1 << 24, 1 << 24], values[..2]);
    }

    [Theory]
    [InlineData(100, 300, 7, 10, 1)]
    [InlineData(100, 300, 7, 10, 2)]
    [InlineData(43, 20, 400, 30, 2)]                           // factors of more than one block of k, fewer items than k
    [InlineData(5, 9000, 3, 10, 2)]                            // more than one chunk of items
    [InlineData(1, 1, 1, 1, 2)]
    [InlineData(0, 5, 2, 3, 2)]
    [InlineData(4, 0, 2, 3, 2)]
    [InlineData(4, 5, 2, 0, 2)]
    public void AgreesWithBruteForce(int u, int n, int d, int k, int threads)
    {
        var rng = new Rng((ulong)(u + n + d));
        float[] users = Draw(u * d), items = Draw(n * d);
        var (start, seen) = (new int[u + 1], new List<int>());
        for (var i = 0; i < u; i++)
        {
            for (var s = n == 0 ? 0 : rng.Next(Math.Min(n, 40)); s > 0; s--) seen.Add(rng.Next(n));     // in any order, some twice
            start[i + 1] = seen.Count;
        }
        var (indices, values, before) = (new int[u * k], new float[u * k], Team.Threads);
        Team.Threads = threads;
        FactorRanking.TopK(users, items, d, start, seen.ToArray(), k, indices, values);
        Team.Threads = before;
        for (var i = 0; i < u; i++)
        {
            var left = seen[start[i]..start[i + 1]].ToHashSet();
            var best = Enumerable.Range(0, n).Where(j => !left.Contains(j)).OrderByDescending(j => Dot(i, j)).Take(k).ToArray();
            Assert.Equal(best.Concat(Enumerable.Repeat(-1, k - best.Length)), indices[(i * k)..((i + 1) * k)]);
            for (var j = 0; j < best.Length; j++) Assert.Equal(Dot(i, best[j]), values[i * k + j]);
            Assert.All(values[(i * k + best.Length)..((i + 1) * k)], x => Assert.Equal(float.NegativeInfinity, x));
        }

        float[] Draw(int length)
        {
            var values = new float[length];
            foreach (ref var x in values.AsSpan()) x = rng.Next(9) - 4;      // small whole numbers: sums are exact, ties abound
            return values;
        }

        float Dot(int i, int j)
        {
            var sum = 0f;
            for (var p = 0; p < d; p++) sum += users[i * d + p] * items[j * d + p];
            return sum;
        }
    }

    [Fact]
    public void LengthsAndItemsMustFit()
    {
        Assert.Throws<ArgumentException>(() => Call(3, 4, [0, 0], 1));
        Assert.Throws<ArgumentException>(() => Call(4, 3, [0, 0, 0], 2));
        Assert.Throws<ArgumentException>(() => Call(4, 4, [0, 0], 2));
        Assert.Throws<ArgumentException>(() => Call(4, 4, [0, 0, 0], 3));
        Assert.Throws<ArgumentException>(() => Call(4, 4, [0, 1, 0], 2));
        Assert.Throws<ArgumentException>(() => Call(4, 4, [0, 0, 1], 2));
        Assert.Throws<ArgumentException>(() => Call(4, 4, [0, 0, 1], 2, 2));
        Assert.Throws<ArgumentException>(() => Call(4, 4, [0, 0, 1], 2, -1));
        Call(4, 4, [0, 0, 1], 2, 1);
        Assert.Throws<ArgumentException>(() => FactorRanking.TopK([1], [1], 1, [0, 0], [], 1, new int[1], new float[1], [1, 2]));
        Assert.Throws<ArgumentException>(() => FactorRanking.TopK([1], [1], 1, [0, 0], [], 1, new int[1], new float[1], [1], [1, 2]));

        static void Call(int users, int items, int[] start, int results, params int[] seen) =>
            FactorRanking.TopK(new float[users], new float[items], 2, start, seen, 1, new int[results], new float[results]);
    }
}
