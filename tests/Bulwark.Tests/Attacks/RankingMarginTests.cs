using Bulwark.Attacks;
using Bulwark.Evaluation;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Attacks;

public sealed class RankingMarginTests
{
    private const float Epsilon = 0.3f;

    /// <summary>p = 1 and q = (3, 1, 2.5, 5): item 0 against 1 and 2 gives 2.5 − 3, item 1 against 2 and 3 gives min(5 − 1, κ = 1).</summary>
    [Fact]
    public void TheBestRivalCountsAndWhatIsWonIsLeftAlone()
    {
        var model = new MatrixFactorization(1, 4, new(1));
        var at = model.Start(new Rng(1)).With(model.Users, Tensor.Of((1, 1), 1)).With(model.Items, Tensor.Of((4, 1), 3, 1, 2.5f, 5));
        var batch = new Triples(2);
        batch.Users.Fill([0, 0]);
        batch.Positives.Fill([0, 1]);
        batch.Negatives.Fill([1, 2]);
        batch.Others[0].Fill([2, 3]);
        var (value, gradient) = Grad.Of(RankingMargin.Of(model)(batch, null), at);
        Assert.Equal(-0.5f + 1, value.Item(), 1e-6f);
        Assert.Equal([-1, 0, 1, 0], gradient[model.Items].Values.ToArray());                     // the second triple is won
    }

    /// <summary>APGD on the margin and on the training loss both leave less than noise of the same size, and a study runs either.</summary>
    [Fact]
    public void AStudyClimbsIt()
    {
        var model = new MatrixFactorization(Blocks.Users, Blocks.Items, new(8));
        var options = new HardeningOptions { Epochs = 15, HardenEpochs = 0 };
        var contender = Hardening.Run(Blocks.Train, () => model, options, 1)[0].Contender;
        StudyAttack Of(string name, IAttack attack) => new(name, attack, [Epsilon], StudyAttack.Tables, Relative: true);
        var margin = Of("margin", new Apgd(20)) with
        {
            LossOf = (one, rng) => Hardening.AttackedLoss(
                new TripleSource(Blocks.Train, Blocks.Train.Count, rng, candidates: 5), RankingMargin.Of((MatrixFactorization)one)),
        };
        double Left(StudyAttack attack) => margin.LossOf!(model, new Rng(1).Fork("margin").Fork("loss"))(Study.Moved(contender, attack, Epsilon, 1)).Item();
        var (own, training, noise) = (Left(margin), Left(Of("bpr", new Apgd(20))), Left(Of("noise", new Noise())));
        Assert.True(own >= training && training > noise, $"{own} by the margin, {training} by the training loss, {noise} by noise");
    }
}
