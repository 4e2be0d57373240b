using Bulwark.Data;
using Bulwark.Generative;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative;

public sealed class TailNeighborsTests
{
    private static readonly Interactions _train = new(
        new Vocabulary(["u", "v", "w"]), new Vocabulary(["a", "b", "c", "d"]), [0, 1, 2, 0, 2], [0, 0, 0, 1, 2], [1, 2, 3, 4, 5], [10, 20, 30, 40, 50]);

    private static readonly Tensor _features = Tensor.Of((4, 1), 1, 2, 3, 4).Keep();

    /// <summary>b and c have one user each and get two neighbors each, which that user touched; a has three, d none.</summary>
    [Fact]
    public void RareItemsGetNeighborsThatTheirUsersTouched()
    {
        var (rows, features) = new TailNeighbors(3, 2).Of(_train, _features, (items, rng) => _features.Rows(items) * 10 + rng.NextSingle(), new Rng(1));
        Assert.Equal(["a", "b", "c", "d", "b~1", "c~1", "b~2", "c~2"], rows.Items.Ids);
        Assert.Equal([0, 0, 0, 1, 2, 4, 5, 6, 7], rows.Item.ToArray());
        Assert.Equal([0, 1, 2, 0, 2, 0, 2, 0, 2], rows.User.ToArray());
        Assert.Equal((4f, 50L), (rows.Value[5], rows.Time[8]));
        Assert.Equal([1, 2, 3, 4], features.Values[..4].ToArray());
        Assert.All(features.Values[4..].ToArray().Zip([20f, 30, 20, 30]), pair => Assert.InRange(pair.First - pair.Second, 0, 1));
        Assert.NotEqual(features.Values[4], features.Values[6]);
        Assert.Equal(4, _train.Items.Count);
    }

    [Fact]
    public void WithoutRareItemsNothingIsAdded()
    {
        var (rows, features) = new TailNeighbors(1, 2).Of(_train, _features, (_, _) => throw new InvalidOperationException(), new Rng(1));
        Assert.Same(_train, rows);
        Assert.Same(_features, features);
        Assert.Same(_train, new TailNeighbors(3, 0).Of(_train, _features, (_, _) => throw new InvalidOperationException(), new Rng(1)).Train);
    }
}
