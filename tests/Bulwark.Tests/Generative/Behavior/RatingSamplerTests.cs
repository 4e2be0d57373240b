using Bulwark.Data;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class RatingSamplerTests
{
    /// <summary>Item a has 1 and 3 alike, item b has 5 alone, item c none: it gets any of them.</summary>
    [Fact]
    public void EachItemHasItsOwnRatings()
    {
        var builder = new InteractionsBuilder(items: new Vocabulary(["a", "b", "c"]), hasValues: true);
        foreach (var (user, item, value) in new[] { ("u", "a", 1f), ("v", "a", 3f), ("u", "b", 5f) }) builder.Add(user, item, value);
        var sampler = RatingSampler.ByItem(Ratings.Of(builder.Build())!);
        var all = new InteractionsBuilder(items: builder.Items, hasTimes: true);
        for (var user = 0; user < 400; user++)
            for (var item = 0; item < 3; item++) all.Add(all.Users.GetOrAdd($"{user}"), item, time: user);
        var made = sampler.Rate(all.Build(), new Rng(1));
        float[][] values = [.. Enumerable.Range(0, 3).Select(Of)];
        Assert.InRange(values[0].Count(value => value == 1), 160, 240);
        Assert.Equal([1, 3], values[0].Distinct().Order());
        Assert.All(values[1], value => Assert.Equal(5, value));
        Assert.Equal([1, 3, 5], values[2].Distinct().Order());
        Assert.Equal(399, made.Time[^1]);

        float[] Of(int item) => [.. Enumerable.Range(0, made.Count).Where(row => made.Item[row] == item).Select(row => made.Value[row])];
    }
}
