using Bulwark.Server.Live;

namespace Bulwark.Server.Tests.Live;

public sealed class LiveIdsTests
{
    [Fact]
    public void NewIdsStandBehindThoseOfTraining()
    {
        var ids = new LiveIds(new(["a", "b"]));
        Assert.Equal((1, -1, 2), (ids.Find("b"), ids.Find("c"), ids.Count));
        Assert.Equal((2, 0, 2, 3), (ids.GetOrAdd("c"), ids.GetOrAdd("a"), ids.GetOrAdd("c"), ids.GetOrAdd("d")));
        Assert.Equal(["a", "b", "c", "d"], Enumerable.Range(0, ids.Count).Select(row => ids[row]));
    }

    /// <summary>Whoever finds a row while another adds can read its id.</summary>
    [Fact]
    public async Task ReadersSeeWholeIdsWhileOneAdds()
    {
        const int Many = 20_000;
        var ids = new LiveIds(new(["training"]));
        var reading = Task.Run(() =>
        {
            for (var row = 1; row <= Many; row = ids.Count)
                for (var known = ids.Count - 1; known > 0; known /= 2) Assert.Equal(known, ids.Find(ids[known]));
        });
        for (var n = 1; n <= Many; n++) Assert.Equal(n, ids.GetOrAdd($"{n}"));
        await reading;
    }
}
