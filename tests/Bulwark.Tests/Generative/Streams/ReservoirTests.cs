using Bulwark.Generative.Streams;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Streams;

public sealed class ReservoirTests
{
    /// <summary>
    /// 2 of 5 can be kept in 10 ways, each as likely: χ² over 20 000 streams has 9 degrees of freedom, and exceeds 27.9 in one of a thousand trials.
    /// </summary>
    [Fact]
    public void EverySubsetIsAsLikely()
    {
        const int Streams = 20_000;
        var counts = new Dictionary<(int, int), int>();
        for (var seed = 0; seed < Streams; seed++)
        {
            int[] kept = [.. Filled(2, 5, seed).Kept.Order()];
            counts[(kept[0], kept[1])] = counts.GetValueOrDefault((kept[0], kept[1])) + 1;
        }
        Assert.Equal(10, counts.Count);
        Assert.True(counts.Values.Sum(count => Math.Pow(count - Streams / 10.0, 2) / (Streams / 10.0)) < 27.9);
    }

    [Fact]
    public void ItKeepsAllUntilItIsFull()
    {
        Assert.Equal([0, 1, 2], Filled(3, 3, 1).Kept);
        Assert.Equal(3, Filled(3, 1000, 1).Kept.Count);
        Assert.Equal(1000, Filled(3, 1000, 1).Seen);
        Assert.Equal(Filled(3, 1000, 1).Kept, Filled(3, 1000, 1).Kept);
        Assert.NotEqual(Filled(3, 1000, 1).Kept, Filled(3, 1000, 2).Kept);
    }

    private static Reservoir<int> Filled(int capacity, int arrivals, int seed)
    {
        var reservoir = new Reservoir<int>(capacity, new Rng(7).Fork(seed));
        for (var n = 0; n < arrivals; n++) reservoir.Add(n);
        return reservoir;
    }
}
