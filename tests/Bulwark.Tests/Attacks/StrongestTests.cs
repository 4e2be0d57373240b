using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

public sealed class StrongestTests
{
    /// <summary>Two searches that each move one way: the first example falls to one, the second to the other, and both are found.</summary>
    [Fact]
    public void TakesTheWorstOfEachExample()
    {
        var at = new Point((AttackWorld.X, Tensor.Zeros((2, 1))));
        Loss loss = point => (point[AttackWorld.X] * Tensor.Of((2, 1), 1, -1)).Sum(-1);
        var both = new Strongest(new Fixed(1), new Fixed(-1));
        var threat = new Threat(new LinfBall(1), AttackWorld.X);
        Assert.Equal([1, -1], both.Find(loss, at, threat, new Rng(1))[AttackWorld.X].Values.ToArray());
        Assert.True(both.Find(point => loss(point).Sum(), at, threat, new Rng(1)).IsZero);       // as one, neither way is worse than none
    }

    private sealed record Fixed(float Way) : IAttack
    {
        public Move Find(Loss loss, Point at, Threat threat, Rng rng) => new((AttackWorld.X, Tensor.Full((2, 1), Way)));
    }
}
