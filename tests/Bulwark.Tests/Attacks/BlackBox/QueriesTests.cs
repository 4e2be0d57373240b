using Bulwark.Attacks.BlackBox;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.BlackBox;

public sealed class QueriesTests
{
    [Fact]
    public void CountsAndRemembersFirstSuccesses()
    {
        float[][] answers = [[-1, 2, -1], [1, -1, -1], [3, 3, -1]];
        var asked = 0;
        var queries = new Queries(_ => Tensor.Of(3, answers[asked++]));
        for (var i = 0; i < 3; i++) queries.Of(new Point());
        Assert.Equal(3, queries.Count);
        Assert.Equal([2, 1, 0], queries.UntilFooled);
    }
}
