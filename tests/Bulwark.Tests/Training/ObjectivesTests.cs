using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

/// <summary>One factor, so that scores are products: users (1, 2), items (3, −1).</summary>
public sealed class ObjectivesTests
{
    private static readonly MatrixFactorization Model = new(2, 2, new(1));
    private static readonly Point At = new((Model.Users, Tensor.Of((2, 1), 1, 2)), (Model.Items, Tensor.Of((2, 1), 3, -1)));

    /// <summary>Differences 3 − (−1) = 4 and −2 − 6 = −8: ln(1 + e⁻⁴) + ln(1 + e⁸).</summary>
    [Fact]
    public void BprWorkedByHand()
    {
        var batch = new Triples();
        batch.Users.Fill([0, 1]);
        batch.Positives.Fill([0, 1]);
        batch.Negatives.Fill([1, 0]);
        Assert.Equal(0.0181499 + 8.0003354, Objectives.Bpr(Model)(batch, null)(At).Item(), 1e-5);
    }

    /// <summary>Huge differences neither overflow nor lose their slope: softplus(200) = 200.</summary>
    [Fact]
    public void BprIsFiniteFarFromTheOrigin()
    {
        var far = At.With(Model.Users, Tensor.Of((2, 1), 50, 2));
        var batch = new Triples();
        batch.Users.Fill([0]);
        batch.Positives.Fill([1]);
        batch.Negatives.Fill([0]);
        var (value, gradient) = Grad.Of(Objectives.Bpr(Model)(batch, null), far);
        Assert.Equal(200, value.Item(), 1e-3f);
        Assert.Equal(4, gradient[Model.Users].Values[0], 1e-4f);                     // −(q_i − q_j) = 3 + 1
    }

    /// <summary>Scores 3 and −2, labels 5 and 1: ½ (4 + 9); ∂/∂p₁ = (−2 − 1)(−1) = 3.</summary>
    [Fact]
    public void SquaredErrorWorkedByHand()
    {
        var (value, gradient) = Grad.Of(Objectives.SquaredError(Model)(Pairs(5, 1), null), At);
        Assert.Equal(6.5f, value.Item(), 1e-5f);
        Assert.Equal([-6, 3], gradient[Model.Users].Values.ToArray());
    }

    /// <summary>Scores 3 and −2, labels 1 and 0: ln(1 + e³) − 3 + ln(1 + e⁻²).</summary>
    [Fact]
    public void LogLossWorkedByHand() =>
        Assert.Equal(0.0485874 + 0.1269280, Objectives.LogLoss(Model)(Pairs(1, 0), null)(At).Item(), 1e-5);

    /// <summary>
    /// τ = 2. User 0: 3/2 for the touched item against −1/2 and −1/2: ln(1 + 2 e⁻²). User 1: −2/2 against the first of the drawn, −2/2: ln 2. What has no share
    /// is left out.
    /// </summary>
    [Fact]
    public void SampledSoftmaxWorkedByHand()
    {
        var batch = new ContrastiveBatch();
        batch.Users.Fill([0, 1]);
        batch.Positives.Fill([0, 1]);
        batch.Drawn.Fill([1, 1, 0]);
        new float[] { 0.5f, 0.5f, 0, 0.5f, 0, 0 }.CopyTo(batch.Shares.Refill(6));
        Assert.Equal(Math.Log(1 + 2 * Math.Exp(-2)) + Math.Log(2), Objectives.SampledSoftmax(Model, 2)(batch, null)(At).Item(), 1e-5);
        var (_, gradient) = Grad.Of(Objectives.SampledSoftmax(Model, 2)(batch, null), At);
        Assert.All(gradient[Model.Users].Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    private static LabeledPairs Pairs(params float[] labels)
    {
        var batch = new LabeledPairs();
        batch.Users.Fill([0, 1]);
        batch.Items.Fill([0, 1]);
        labels.CopyTo(batch.Labels.Refill(2));
        return batch;
    }
}
