using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

public sealed class CategoriesTests
{
    /// <summary>(1, 3, 2): the second gains 2 over the least, the others lose 2 and 1 to it; the last column is a number.</summary>
    [Fact]
    public void SlopesPointToTheBestCategory() =>
        Assert.Equal([-2, 2, -1, 5], Categories.Toward(Tensor.Of((1, 4), 1, 3, 2, 5), [(0, 3)]).Values.ToArray());

    /// <summary>(1, 1, 0): τ = ½. (1.5, .2, .1): τ = ½, the first alone. A block without a category stays, and one that does not move.</summary>
    [Fact]
    public void MixturesSumToOne()
    {
        var value = Tensor.Of((4, 3), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0);
        var moves = Categories.Relaxed(value, Tensor.Of((4, 3), 0, 1, 0, 0.5f, 0.2f, 0.1f, 0.3f, 0, 0, 0, 0, 0), [(0, 3)]);
        Assert.Equal([-0.5f, 0.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], moves.Values.ToArray());
        Assert.Equal(moves.Values.ToArray(), Categories.Relaxed(value, moves, [(0, 3)]).Values.ToArray());
    }

    /// <summary>
    /// Columns 0 to 2 and 3 to 4 are categories. Row 0: .4 and .7 make the second category of the first block, the other stays (.5 and .5 tie). Row 1 would change
    /// both and be 2 long in L2, beyond 1.9: neither. Row 2 has no category in its first block and gets none; column 5 is a number.
    /// </summary>
    [Fact]
    public void LargestValuesMakeCategories()
    {
        var value = Tensor.Of((3, 6), 1, 0, 0, 1, 0, 2, 0, 0, 1, 0, 1, 2, 0, 0, 0, 1, 0, 2);
        var delta = Tensor.Of((3, 6), -0.6f, 0.7f, 0, -0.5f, 0.5f, 0.3f, 0.9f, 0, -0.9f, 0.9f, -0.8f, 0, 0.5f, 0, 0, -0.6f, 0, 1);
        var moves = Categories.Whole(value, delta, [(0, 3), (3, 2)], new L2Ball(1.9f)).Values.ToArray();
        Assert.Equal([-1, 1, 0, 0, 0, 0.3f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], moves);
    }
}
