using Bulwark.Defenses.Privacy;
using MathNet.Numerics;

namespace Bulwark.Tests.Defenses.Privacy;

public sealed class RenyiAccountantTests
{
    /// <summary>With everybody in every step: D_α = α / 2σ², and steps add up.</summary>
    [Theory]
    [InlineData(1.5, 2, 1)]
    [InlineData(7, 0.8, 20)]
    public void WithoutSamplingItIsTheGaussianMechanism(double order, double noise, long steps) =>
        Assert.Equal(steps * order / (2 * noise * noise), new RenyiAccountant(1, noise, steps).Divergence(order), 12);

    /// <summary>A = ∫ N(z; 0, σ²) ((1 − q) + q e^((2z − 1) / 2σ²))^α dz by Simpson's rule, for whole and fractional orders.</summary>
    [Theory]
    [InlineData(0.01, 1.1, 2)]
    [InlineData(0.01, 1.1, 2.5)]
    [InlineData(0.1, 0.7, 1.1)]
    [InlineData(0.1, 0.7, 9)]
    [InlineData(0.1, 2, 9.7)]
    [InlineData(0.5, 4, 30)]
    [InlineData(0.9, 1, 3.3)]
    [InlineData(0.004, 5, 10.9)]
    public void DivergencesAreThoseOfNumericalIntegration(double share, double noise, double order)
    {
        var (low, high, sum) = (-40 * noise, order + 40 * noise, 0.0);
        const int Parts = 200_000;
        for (var n = 0; n <= Parts; n++)
        {
            var z = low + (high - low) * n / Parts;
            var ratio = (2 * z - 1) / (2 * noise * noise);
            var mixture = ratio > 500 ? Math.Log(share) + ratio : Math.Log(1 - share + share * Math.Exp(ratio));
            sum += (n is 0 or Parts ? 1 : n % 2 == 1 ? 4 : 2) * Math.Exp(order * mixture - z * z / (2 * noise * noise));
        }
        var integral = sum * (high - low) / Parts / 3 / (noise * Math.Sqrt(2 * Math.PI));
        var expected = Math.Log(integral) / (order - 1);
        Assert.Equal(expected, new RenyiAccountant(share, noise, 1).Divergence(order), 1e-7 + 1e-7 * expected);
    }

    /// <summary>
    /// Values that TensorFlow Privacy publishes: the tests of its compute_dp_sgd_privacy (60,000 examples in batches of 150, σ 1.3, 15 epochs; 100,000 in batches
    /// of 100, σ 1, 30 epochs) and the table of its MNIST tutorial (batches of 256), which are made of the same divergences by the older D_α − ln δ / (α − 1).
    /// </summary>
    [Theory]
    [InlineData(60_000, 150, 1.3, 15, 1e-5, 0.941870567, 1e-8)]
    [InlineData(100_000, 100, 1.0, 30, 1e-7, 1.70928734, 1e-8)]
    [InlineData(60_000, 256, 1.12, 60, 1e-5, 2.92, 5e-3)]
    [InlineData(60_000, 256, 1.2, 10, 1e-5, 1.20, 5e-3)]
    public void EpsilonsAreThePublishedOnes(int examples, int batch, double noise, int epochs, double delta, double published, double within)
    {
        var accountant = new RenyiAccountant((double)batch / examples, noise, (long)Math.Ceiling((double)epochs * examples / batch));
        var older = Enumerable.Range(1, 99).Select(tenth => 1 + tenth / 10.0).Concat(Enumerable.Range(11, 53).Select(whole => (double)whole))
            .Min(order => accountant.Divergence(order) - Math.Log(delta) / (order - 1));
        Assert.Equal(published, older, within);
        Assert.InRange(accountant.Epsilon(delta), 0.7 * older, older);
    }

    /// <summary>
    /// One step with everybody is a Gaussian mechanism, whose δ at ε is known: Φ(1/2σ − εσ) − e^ε Φ(−1/2σ − εσ) (Balle and Wang 2018). The bound is above
    /// it, not far.
    /// </summary>
    [Theory]
    [InlineData(1, 1e-5)]
    [InlineData(4, 1e-5)]
    [InlineData(2, 1e-8)]
    public void TheConversionIsABoundAndTight(double noise, double delta)
    {
        var epsilon = new RenyiAccountant(1, noise, 1).Epsilon(delta);
        Assert.True(Exact(epsilon) <= delta);
        Assert.True(Exact(0.9 * epsilon) > delta);

        double Exact(double at) => Below(0.5 / noise - at * noise) - Math.Exp(at) * Below(-0.5 / noise - at * noise);

        static double Below(double z) => SpecialFunctions.Erfc(-z / Math.Sqrt(2)) / 2;
    }

    [Fact]
    public void TheNoiseForABudgetIsTheLeast()
    {
        foreach (var epsilon in new[] { 0.5, 2, 8 })
        {
            var accountant = RenyiAccountant.For(epsilon, 1e-5, 0.2, 500);
            Assert.InRange(accountant.Epsilon(1e-5), 0.98 * epsilon, epsilon);
            Assert.True((accountant with { Noise = 0.99 * accountant.Noise }).Epsilon(1e-5) > epsilon);
        }
    }

    [Fact]
    public void MoreStepsLessNoiseAndMoreUsersCostMore()
    {
        var some = new RenyiAccountant(0.1, 2, 100);
        var epsilon = some.Epsilon(1e-5);
        Assert.True((some with { Steps = 200 }).Epsilon(1e-5) > epsilon);
        Assert.True((some with { Noise = 1.5 }).Epsilon(1e-5) > epsilon);
        Assert.True((some with { Share = 0.2 }).Epsilon(1e-5) > epsilon);
        Assert.True(some.Epsilon(1e-7) > epsilon);
    }

    [Fact]
    public void TheEdgesAreExact()
    {
        Assert.Equal(0, new RenyiAccountant(0, 1, 100).Divergence(3));
        Assert.Equal(double.PositiveInfinity, new RenyiAccountant(0.1, 0, 1).Epsilon(1e-5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RenyiAccountant(0.1, 1, 1).Divergence(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RenyiAccountant(0.1, 1, 1).Epsilon(0));
        Assert.Contains("larger ε", Assert.Throws<ArgumentException>(() => RenyiAccountant.For(1e-9, 1e-5, 1, 1_000_000)).Message);
    }
}
