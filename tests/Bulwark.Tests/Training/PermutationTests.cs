using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class PermutationTests
{
    [Fact]
    public void EveryNumberComesOnce()
    {
        foreach (var count in (int[])[.. Enumerable.Range(1, 300), 1023, 1024, 1025, 4095, 4097, 65_536, 65_537, 100_003])
        {
            var (order, seen) = (new Permutation(count, new Rng((ulong)count)), new bool[count]);
            for (var place = 0; place < count; place++)
            {
                Assert.InRange(order[place], 0, count - 1);
                Assert.False(seen[order[place]], $"{order[place]} comes twice among {count}");
                seen[order[place]] = true;
            }
        }
    }

    /// <summary>Every item stands at every place equally often over many keys: χ² with (n − 1)² degrees of freedom, within four deviations.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(50)]
    public void EveryItemStandsAtEveryPlaceEquallyOften(int count)
    {
        const int keys = 4000;
        var (counts, rng) = (new int[count, count], new Rng(1));
        for (var key = 0; key < keys; key++)
        {
            var order = new Permutation(count, rng.Fork(key));
            for (var place = 0; place < count; place++) counts[place, order[place]]++;
        }
        var (expected, chi, freedom) = (keys / (double)count, 0.0, Math.Pow(count - 1, 2));
        foreach (var n in counts) chi += Math.Pow(n - expected, 2) / expected;
        Assert.True(Math.Abs(chi - freedom) < 4 * Math.Sqrt(2 * freedom) + 4, $"χ² = {chi:F1} with {freedom} degrees of freedom");
    }

    /// <summary>
    /// A random order of n has (n − 1) / 2 descents with deviation √((n + 1) / 12), one fixed point, and neighbors that are followed by their successor
    /// once: within five deviations.
    /// </summary>
    [Theory]
    [InlineData(1000)]
    [InlineData(20_000)]
    public void OneOrderLooksRandom(int count)
    {
        var rng = new Rng(2);
        for (var key = 0; key < 10; key++)
        {
            var order = new Permutation(count, rng.Fork(key));
            int descents = 0, fixedPoints = 0, successors = 0;
            for (var place = 0; place < count; place++)
            {
                if (order[place] == place) fixedPoints++;
                if (place == 0) continue;
                if (order[place] < order[place - 1]) descents++;
                if (order[place] == order[place - 1] + 1) successors++;
            }
            Assert.Equal((count - 1) / 2.0, descents, 5 * Math.Sqrt((count + 1) / 12.0));
            Assert.InRange(fixedPoints, 0, 8);
            Assert.InRange(successors, 0, 8);
        }
    }

    [Fact]
    public void KeysGiveDifferentOrdersAndOneKeyGivesOne()
    {
        var orders = Enumerable.Range(0, 200).Select(key => Order(new Rng(3).Fork(key))).ToList();
        Assert.Equal(200, orders.Distinct().Count());
        Assert.Equal(Order(new Rng(3).Fork(7)), orders[7]);

        static string Order(Rng rng)
        {
            var order = new Permutation(30, rng);
            return string.Join(' ', Enumerable.Range(0, 30).Select(place => order[place]));
        }
    }
}
