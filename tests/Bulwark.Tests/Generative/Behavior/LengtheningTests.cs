using Bulwark.Data;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class LengtheningTests
{
    private static readonly ProfileSampler _sampler = new(4, (given, _) => Tensor.Of(4, 1, 2, 3, 4).ExpandTo((given.Shape[0], 4)));

    /// <summary>u has item a, then b; v has d; w has three items.</summary>
    private static Interactions Train()
    {
        var builder = new InteractionsBuilder(new Vocabulary(["u", "v", "w", "idle"]), new Vocabulary(["a", "b", "c", "d"]), true, true, true);
        builder.Add(0, 0, 5, 10, EventKind.View);
        builder.Add(0, 1, 4, 20, EventKind.Buy);
        builder.Add(1, 3, 2, 30, EventKind.Cart);
        for (var item = 0; item < 3; item++) builder.Add(2, item, 1, 40, EventKind.View);
        return builder.Build();
    }

    /// <summary>u gets d, the likeliest that it has not; v gets c and b. Each with the value, time and kind of the user's latest.</summary>
    [Fact]
    public void ShortHistoriesGetTheLikeliestItems()
    {
        var train = Train();
        var longer = new Lengthening(3, 3).Of(train, _sampler, new Rng(1));
        Assert.Equal(train.User.ToArray(), longer.User[..6].ToArray());
        Assert.Equal([(0, 3, 4, 20, EventKind.Buy), (1, 2, 2, 30, EventKind.Cart), (1, 1, 2, 30, EventKind.Cart)],
            Enumerable.Range(6, longer.Count - 6).Select(row => (longer.User[row], longer.Item[row], (int)longer.Value[row], (int)longer.Time[row], longer.Kind[row])));
        Assert.Same(train.Items, longer.Items);
        Assert.Equal(train.Users.Ids, longer.Users.Ids);
    }

    [Fact]
    public void WithoutCodesItemsAreDrawn()
    {
        var drawn = Enumerable.Range(0, 20).Select(seed => new Lengthening(3, 3) { Codes = 0 }.Of(Train(), _sampler, new Rng((ulong)seed)).Item[6]).Distinct();
        Assert.Equal([2, 3], drawn.Order());
    }

    /// <summary>u: a, b, a; v: d three times.</summary>
    [Fact]
    public void TheControlRepeats() =>
        Assert.Equal([(0, 0), (1, 3), (1, 3)], new Lengthening(3, 3).Repeated(Train()) is var rows
            ? Enumerable.Range(6, rows.Count - 6).Select(row => (rows.User[row], rows.Item[row])) : []);

    [Theory]
    [InlineData(4, 2)]
    [InlineData(3, 5)]
    public void LengthsThatMakeNoSenseAreRefused(int below, int length) =>
        Assert.Contains("cannot be lengthened", Assert.Throws<ArgumentException>(() => new Lengthening(below, length).Of(Train(), _sampler, new Rng(1))).Message);
}
