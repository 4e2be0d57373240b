using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

public sealed class WorstMoveTests
{
    /// <summary>
    /// Three examples of one number, each with a hill of its own: the restarts of a batch reach the tops of different examples, and what is kept is the
    /// best of each. Each example finds what it would find alone; as a sum, one restart is best for all.
    /// </summary>
    [Fact]
    public void TheBestIsKeptForEachExampleWhereExamplesAreApart()
    {
        var threat = new Threat(new LinfBall(3), AttackWorld.X);
        var at = new Point((AttackWorld.X, Tensor.Of((3, 1), 0, 0.5f, -1)));
        Loss hills = point => (point[AttackWorld.X] * 4).Tanh().Reshape(3) * 0.5f - (point[AttackWorld.X] * point[AttackWorld.X]).Reshape(3) * 0.1f;
        var attack = new GradientAscent(3, 0.5f, RandomStart: true, Restarts: 4);
        var (apart, together) = (Losses(hills), Losses(point => hills(point).Sum()));
        var clean = hills(at).Values.ToArray();
        for (var b = 0; b < 3; b++) Assert.True(apart[b] >= clean[b] && apart[b] >= together[b], $"example {b}: {apart[b]}, {together[b]}, {clean[b]}");
        Assert.True(apart.Sum() > together.Sum());

        float[] Losses(Loss loss) => hills(at + attack.Find(loss, at, threat, new Rng(1))).Values.ToArray();
    }

    /// <summary>A value for each row of a table that the loss reads by rows: nobody could tell whose row a move belongs to.</summary>
    [Fact]
    public void ExamplesThatShareRowsMustBeSummed()
    {
        var at = new Point((AttackWorld.X, Tensor.Gaussian((3, 2), 1, new Rng(1))));
        Loss loss = point => point[AttackWorld.X].Rows(new Ids(0, 0, 2)).Sum(-1).Sigmoid();
        var threat = new Threat(new L2Ball(1), AttackWorld.X);
        Assert.Contains("Sum it", Assert.Throws<ArgumentException>(() => GradientAscent.Pgd(3).Find(loss, at, threat, new Rng(1))).Message);
        Assert.False(GradientAscent.Pgd(3).Find(point => loss(point).Sum(), at, threat, new Rng(1)).IsZero);
    }
}
