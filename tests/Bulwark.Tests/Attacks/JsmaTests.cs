using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

public sealed class JsmaTests
{
    /// <summary>Columns of W: class 0 likes features 0 and 1, class 1 likes 2 (by 3), 3 (by 2) and 4 (by 1), class 2 likes 4 (by 2).</summary>
    private static readonly Tensor Weights = Tensor.Of((5, 3),
        4, 0, 0,
        4, 0, 0,
        0, 3, 0,
        0, 2, -1,
        0, 1, 2).Keep();

    private static readonly Func<Point, Tensor> Logits = AttackWorld.Logits(Weights);
    private static readonly Threat Unit = new(new LinfBall(1), AttackWorld.X) { Box = (0, 1) };

    /// <summary>
    /// Toward class 1: ∂z_1 = (0, 0, 3, 2, 1), Σ others (4, 4, 0, −1, 2). −A·B of (2, 3) is 5 · 1 and of no other pair above 0. From (.5, .5, 0, 0, 0), z = (4, 0, 0):
    /// after it z_1 = 5 has won.
    /// </summary>
    [Fact]
    public void TakesTheBestPair()
    {
        var at = AttackWorld.At(0.5f, 0.5f, 0, 0, 0);
        Assert.Equal([0.5f, 0.5f, 1, 1, 0], Moved(new Jsma(Logits, new Ids(1)), at, Unit));
        Assert.Equal([0.5f, 0.5f, 1, 1, 0], Moved(new Jsma(Logits, new Ids(1), Candidates: 2), at, Unit));
    }

    /// <summary>Without a target it goes toward the likeliest other class: from z = (4, 1.5, 0) that is 1, and the same two features take it there.</summary>
    [Fact]
    public void WithoutATargetTheLikeliestOtherClassIsOne()
    {
        var at = AttackWorld.At(0.5f, 0.5f, 0.5f, 0, 0);
        var moved = Moved(new Jsma(Logits), at, Unit);
        Assert.Equal([0.5f, 0.5f, 1, 1, 0], moved);
        Assert.Equal(Moved(new Jsma(Logits, new Ids(1)), at, Unit), moved);
    }

    /// <summary>With θ = −1 and signs turned, the pair (0, 1) has A = 0, and no pair is valid: nothing is moved, (0, 0) least of all.</summary>
    [Fact]
    public void WithoutAValidPairItStops()
    {
        var at = AttackWorld.At(1, 1, 0, 0, 0);
        Assert.Equal([1, 1, 0, 0, 0], Moved(new Jsma(Logits, new Ids(1), Step: -1), at, Unit));
    }

    /// <summary>Half the needed step wins after no more than the allowed rounds, or is taken back; the budget and immutables count too.</summary>
    [Fact]
    public void EveryLimitCounts()
    {
        float[] clean = [0.5f, 0.5f, 0, 0, 0];
        var at = AttackWorld.At(clean);
        Assert.Equal(clean, Moved(new Jsma(Logits, new Ids(1), Step: 0.5f), at, Unit));          // z_1 = 2.5, and the pair is used
        Assert.Equal(clean, Moved(new Jsma(Logits, new Ids(1), Share: 0.3f), at, Unit));         // ⌊5 · .3 / 2⌋ = 0 rounds
        Assert.Equal(clean, Moved(new Jsma(Logits, new Ids(1)), at, Unit with { Budget = 1 }));
        Assert.Equal(clean, Moved(new Jsma(Logits, new Ids(1)), at, Unit with { Immutable = Tensor.Of((1, 5), 0, 0, 0, 1, 0) }));
        Assert.Equal([0.5f, 0.5f, 1.3f, 1.3f, 0], Moved(new Jsma(Logits, new Ids(1), Step: 1.3f), at, new Threat(new LinfBall(2), AttackWorld.X)));
    }

    /// <summary>Each example has its own target and pairs; what is saturated is not taken.</summary>
    [Fact]
    public void ExamplesAreApart()
    {
        var at = new Point((AttackWorld.X, Tensor.Of((2, 5), 0.5f, 0.5f, 0, 0, 0, 0.5f, 0.5f, 1, 0, 0)));
        var moved = Moved(new Jsma(Logits, new Ids(1, 1)), at, Unit);
        Assert.Equal([0.5f, 0.5f, 1, 1, 0], moved[..5]);
        Assert.Equal([0.5f, 0.5f, 1, 0, 0], moved[5..]);       // without feature 2, (3, 4) has B = 1: no pair
    }

    private static float[] Moved(Jsma attack, Point at, Threat threat) => (at + attack.Find(AttackWorld.Unasked, at, threat, new Rng(1)))[AttackWorld.X].Values.ToArray();
}
