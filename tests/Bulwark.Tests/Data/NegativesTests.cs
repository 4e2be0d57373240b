using Bulwark.Data;

namespace Bulwark.Tests.Data;

public class NegativesTests
{
    [Fact]
    public void Each_user_has_a_slice()
    {
        var negatives = new Negatives([0, 2, 2, 3], [7, 5, 9]);

        Assert.Equal((3, 3), (negatives.UserCount, negatives.Count));
        Assert.Equal([7, 5], negatives[0].ToArray());
        Assert.True(negatives[1].IsEmpty);
        Assert.Equal([9], negatives[2].ToArray());
        Assert.Throws<ArgumentException>(() => new Negatives([0, 2], [7]));
    }
}
