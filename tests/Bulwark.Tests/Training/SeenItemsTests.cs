using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class SeenItemsTests
{
    /// <summary>A bitset for small catalogs; 10,000 users of 60,000 items would need 75 MB: the sorted histories answer.</summary>
    [Theory]
    [InlineData(30, 130)]
    [InlineData(10_000, 60_000)]
    public void KnowsExactlyWhatWasTouched(int users, int items)
    {
        var rng = new Rng(1);
        var pairs = Enumerable.Range(0, 3000).Select(_ => (User: rng.Next(users), Item: rng.Next(items))).Append((users - 1, items - 1)).ToArray();
        var (train, touched) = (Blocks.Of(users, items, pairs), pairs.ToHashSet());
        var seen = new SeenItems(train);
        foreach (var (user, item) in pairs) Assert.True(seen.Contains(user, item));
        for (var trial = 0; trial < 5000; trial++)
        {
            var (user, item) = (rng.Next(users), rng.Next(items));
            Assert.Equal(touched.Contains((user, item)), seen.Contains(user, item));
        }
        Assert.True(seen.Contains(users - 1, items - 1));
    }
}
