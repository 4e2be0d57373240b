using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Models.Factorization;

/// <summary>Users (3, 4) and (0, 2), items (4, 3), (−5, 0), (0, 0.1).</summary>
public sealed class CosineModelTests
{
    private static readonly MatrixFactorization Factors = new(2, 3, new(2));
    private static readonly CosineModel Model = new(Factors);
    private static readonly Point At = new((Factors.Users, Tensor.Of((2, 2), 3, 4, 0, 2)), (Factors.Items, Tensor.Of((3, 2), 4, 3, -5, 0, 0, 0.1f)));

    [Fact]
    public void ScoresAreCosines()
    {
        float[] expected = [0.96f, -0.6f, 0.8f, 0.6f, 0, 1];
        float[] all = [.. Model.ScoreAll(At, new Ids(0, 1)).Values], pairs = [.. Model.Score(At, new Ids(0, 0, 0, 1, 1, 1), new Ids(0, 1, 2, 0, 1, 2)).Values];
        for (var n = 0; n < 6; n++) Assert.Equal((expected[n], expected[n]), (MathF.Round(all[n], 6), MathF.Round(pairs[n], 6)));
    }

    [Fact]
    public void ARowOfZerosScoresZero() =>
        Assert.Equal([0, 0, 0], Model.ScoreAll(At.With(Factors.Users, Tensor.Zeros((2, 2))), new Ids(0)).Values.ToArray());

    /// <summary>
    /// User 0 touched item 0, user 1 item 2. Of the drawn 2, 0, 1 user 0 has not touched 2 and 1, user 1 has not touched 0 and 1. With m = .5, w = 4:
    /// .04 + 4/2 (.3 + 0) + 0 + 4/2 (.1 + 0) = .84.
    /// </summary>
    [Fact]
    public void TheContrastiveLossWorkedByHand()
    {
        var batch = new ContrastiveBatch();
        batch.Users.Fill([0, 1]);
        batch.Positives.Fill([0, 2]);
        batch.Drawn.Fill([2, 0, 1]);
        new float[] { 0.5f, 0, 0.5f, 0, 0.5f, 0.5f }.CopyTo(batch.Shares.Refill(6));
        Assert.Equal(0.84f, Objectives.Contrastive(Model, 0.5f, 4)(batch, null)(At).Item(), 1e-5f);
    }

    [Fact]
    public void TheGradientOfTheContrastiveLossIsThatOfDifferences()
    {
        var (batch, model) = (new ContrastiveBatch(), new MatrixFactorization(Blocks.Users, Blocks.Items, new(4, Deviation: 1)));
        new ContrastiveSource(Blocks.Train, 20, 8, new Rng(1)).Fill(batch, 0);
        var (loss, at) = (Objectives.Contrastive(new(model), 0.1f, 3)(batch, null), model.Start(new Rng(2)));
        var gradient = Grad.Of(loss, at).Move;
        foreach (var table in model.Tables)
        {
            var direction = Tensor.Gaussian(at[table].Shape, 1, new Rng(3));
            const float Step = 0.002f;
            var difference = (loss(at.With(table, at[table] + direction * Step)).Item() - loss(at.With(table, at[table] - direction * Step)).Item()) / (2 * Step);
            Assert.Equal(difference, (gradient[table] * direction).Sum().Item(), 2e-2 * Math.Max(1, Math.Abs(difference)));
        }
    }
}
