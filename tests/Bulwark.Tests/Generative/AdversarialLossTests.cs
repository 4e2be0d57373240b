using Bulwark.Generative;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative;

public sealed class AdversarialLossTests
{
    private static readonly Tensor Real = Tensor.Of(2, 0, 2), Fake = Tensor.Of(2, -1, 3);

    /// <summary>½ (ln 2 + ln(1 + e⁻²)) + ½ (ln(1 + e⁻¹) + ln(1 + e³)) and ½ (ln(1 + e) + ln(1 + e⁻³)).</summary>
    [Fact]
    public void NonSaturating()
    {
        static double Softplus(double x) => Math.Log(1 + Math.Exp(x));
        Assert.Equal((Softplus(0) + Softplus(-2) + Softplus(-1) + Softplus(3)) / 2, AdversarialLoss.NonSaturating.Critic(Real, Fake).Item(), 1e-6);
        Assert.Equal((Softplus(1) + Softplus(-3)) / 2, AdversarialLoss.NonSaturating.Generator(Fake).Item(), 1e-6);
    }

    /// <summary>½ · (1 + 1)/2 + ½ · (1 + 9)/2 = 3 and ½ · (4 + 4)/2 = 2.</summary>
    [Fact]
    public void LeastSquares()
    {
        Assert.Equal(3, AdversarialLoss.LeastSquares.Critic(Real, Fake).Item(), 1e-6);
        Assert.Equal(2, AdversarialLoss.LeastSquares.Generator(Fake).Item(), 1e-6);
    }

    /// <summary>1 − 1 = 0 and −1.</summary>
    [Fact]
    public void Wasserstein()
    {
        Assert.Equal(0, AdversarialLoss.Wasserstein.Critic(Real, Fake).Item(), 1e-6);
        Assert.Equal(-1, AdversarialLoss.Wasserstein.Generator(Fake).Item(), 1e-6);
    }

    /// <summary>Where the critic is sure, the non-saturating generator's slope stays −1 for each score: −σ(30) of one of one.</summary>
    [Fact]
    public void TheGeneratorsSlopeDoesNotVanishWhereTheCriticWins()
    {
        var score = new Variable("score");
        var slope = Grad.Of(at => AdversarialLoss.NonSaturating.Generator(at[score]), new Point((score, Tensor.Of(1, -30)))).Move[score].Item();
        Assert.Equal(-1, slope, 1e-6);
    }
}
