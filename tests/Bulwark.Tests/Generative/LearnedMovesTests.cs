using Bulwark.Attacks;
using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tests.Attacks;

namespace Bulwark.Tests.Generative;

public sealed class LearnedMovesTests
{
    private static readonly MoveGenerator Generator = new(4, [8]);
    private static readonly LearnedMoves Attack = new(Generator, Generator.Start(new Rng(1)).Map((_, value) => value * 4));

    /// <summary>The move is the generator's, projected: whole numbers and budgets hold too. The loss is not asked.</summary>
    [Fact]
    public void MovesAreAllowedAndNeedNoLoss()
    {
        var at = AttackWorld.Batch(20, 4, 2);
        var free = new Threat(new LinfBall(0.3f), AttackWorld.X) { Box = (-1, 1) };
        at = at.With(AttackWorld.X, at[AttackWorld.X].Clamp(-1, 1));
        var move = Attack.Find(AttackWorld.Unasked, at, free, new Rng(3));
        free.Check(at, move);
        Assert.Equal(Generator.Of(Attack.Weights, at, free)[AttackWorld.X].Values.ToArray(), move[AttackWorld.X].Values.ToArray(), (x, y) => Math.Abs(x - y) < 1e-6f);
        var budget = free with { Budget = 2 };
        budget.Check(at, Attack.Find(AttackWorld.Unasked, at, budget, new Rng(3)));
    }

    [Fact]
    public void NothingMovesWithoutRadius() =>
        Assert.True(Attack.Find(AttackWorld.Unasked, AttackWorld.Batch(3, 4, 2), new Threat(new LinfBall(0), AttackWorld.X), new Rng(3)).IsZero);
}
