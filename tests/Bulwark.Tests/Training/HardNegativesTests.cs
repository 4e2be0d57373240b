using Bulwark.Models.Factorization;
using Bulwark.Models.Graph;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class HardNegativesTests
{
    private static readonly MatrixFactorization Model = new(2, 5, new(1));

    /// <summary>p = (1, −1); q = (.5, 2, 1, −3, 0): user 0 likes large q, user 1 small.</summary>
    private static readonly Point At = Model.Start(new Rng(1)).With(Model.Users, Tensor.Of((2, 1), 1, -1)).With(Model.Items, Tensor.Of((5, 1), 0.5f, 2, 1, -3, 0));

    private static Triples Batch()
    {
        var batch = new Triples(3);
        batch.Users.Fill([0, 1]);
        batch.Positives.Fill([0, 0]);
        batch.Negatives.Fill([2, 1]);
        batch.Others[0].Fill([1, 4]);
        batch.Others[1].Fill([4, 2]);
        return batch;
    }

    /// <summary>L = Σ ln(1 + e^(max_j ŷ(u, j) − ŷ(u, i))). User 0: max(1, 2, 0) = 2 against .5; user 1: max(−2, 0, −1) = 0 against −.5.</summary>
    [Fact]
    public void TheLossIsThatOfTheHighestOfTheDrawn()
    {
        var loss = Objectives.Bpr(Model).OnHardest(Model)(Batch(), null);
        Assert.Equal(Math.Log(1 + Math.Exp(1.5)) + Math.Log(1 + Math.Exp(0.5)), loss(At).Item(), 1e-5);
    }

    /// <summary>−σ(1.5) on q₁, where p = 1, and σ(.5) on q₄, where p = −1; what was drawn and not chosen has no row in the gradient, so that decay leaves it.</summary>
    [Fact]
    public void OnlyTheChosenLearn()
    {
        var (_, gradient) = Grad.Of(Objectives.Bpr(Model).OnHardest(Model)(Batch(), null), At);
        var q = gradient[Model.Items]!.Values.ToArray();
        static float Sigmoid(double x) => (float)(1 / (1 + Math.Exp(-x)));
        Assert.Equal(Sigmoid(1.5), q[1], 1e-5f);
        Assert.Equal(-Sigmoid(0.5), q[4], 1e-5f);
        Assert.Equal(0, q[2]);
    }

    /// <summary>The choice follows the point, moved ones too: with q₁ moved below q₂ the hardest of user 0 is another.</summary>
    [Fact]
    public void TheChoiceIsMadeWhereTheLossIsAsked()
    {
        var loss = Objectives.Bpr(Model).OnHardest(Model)(Batch(), null);
        var moved = At.With(Model.Items, Tensor.Of((5, 1), 0.5f, 0.2f, 1, -3, 0));
        Assert.Equal(Math.Log(1 + Math.Exp(0.5)) + Math.Log(1 + Math.Exp(0.5)), loss(moved).Item(), 1e-5);
    }

    /// <summary>With one candidate it is the objective itself; further candidates leave the first draws as they were, and no candidate has been touched.</summary>
    [Fact]
    public void ASourceDrawsAsManyCandidatesAsItIsAsked()
    {
        var (one, four) = (new TripleSource(Blocks.Train, 50, new Rng(1)), new TripleSource(Blocks.Train, 50, new Rng(1), candidates: 4));
        var (plain, many) = (one.Create(), four.Create());
        one.Fill(plain, 3);
        four.Fill(many, 3);
        Assert.Empty(plain.Others);
        Assert.Equal(3, many.Others.Count);
        Assert.Equal(plain.Negatives.Rows, many.Negatives.Rows);
        foreach (var list in many.Others)
            for (var b = 0; b < many.Count; b++) Assert.False(Blocks.Train.ByUser.Contains(many.Users.Rows[b], list.Rows[b]));
        var model = new MatrixFactorization(Blocks.Users, Blocks.Items, new(4));
        var at = model.Start(new Rng(2));
        Assert.Equal(Objectives.Bpr(model)(plain, null)(at).Item(), Objectives.Bpr(model).OnHardest(model)(plain, null)(at).Item());
        Assert.True(Objectives.Bpr(model).OnHardest(model)(many, null)(at).Item() > Objectives.Bpr(model)(many, null)(at).Item());
        Assert.Throws<ArgumentOutOfRangeException>(() => new TripleSource(Blocks.Train, 50, new Rng(1), candidates: 0));
    }

    /// <summary>Training paused and resumed, with batches ahead or not, gives the same bits: the choice is the loss's, not the batch's.</summary>
    [Fact]
    public void BatchesFilledAheadGiveTheSameBits()
    {
        Point Trained(bool ahead)
        {
            var model = new LightGcn(Blocks.Train, new(2, 4));
            var source = new TripleSource(Blocks.Train, 40, new Rng(1), candidates: 3);
            var trainer = new Trainer<Triples>(source, [new("hard", 3, Objectives.Bpr(model).OnHardest(model))], new() { Ahead = ahead });
            return trainer.Run(model.Start(new Rng(2)), new Rng(3)).At;
        }
        TrainingWorld.AssertSame(Trained(false), Trained(true));
    }
}
