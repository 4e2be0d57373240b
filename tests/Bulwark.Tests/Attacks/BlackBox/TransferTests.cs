using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.BlackBox;

public sealed class TransferTests
{
    private static readonly Variable Theirs = new("theirs");

    /// <summary>
    /// A surrogate with weights (1, 1) sends the victim, with weights (1, −.5), along (1, 1): it rises by .5, where its own worst move does 1.5. It is not asked.
    /// </summary>
    [Fact]
    public void TheSurrogatesMoveIsAppliedToTheVictim()
    {
        var victim = new Queries(point => (point[AttackWorld.X] * Tensor.Of((1, 2), 1, -0.5f)).Sum(-1));
        var transfer = new Transfer(GradientAscent.Fgsm, point => point[Theirs].Sum(-1), new(), Theirs);
        var threat = new Threat(new LinfBall(1), AttackWorld.X) { Knowledge = Knowledge.Grey };
        var move = transfer.Find(victim.Of, AttackWorld.At(0, 0), threat, new Rng(1));
        Assert.Equal([1, 1], move[AttackWorld.X].Values.ToArray());
        Assert.Equal(0, victim.Count);
        Assert.Throws<InvalidOperationException>(() => transfer.Find(victim.Of, AttackWorld.At(0, 0), threat with { Knowledge = Knowledge.Black }, new Rng(1)));
    }
}
