using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tests.Defenses;
using MathNet.Numerics.LinearAlgebra;

namespace Bulwark.Tests.Generative;

public sealed class SpectralNormalizationTests
{
    private static readonly Variable W = new("w");

    /// <summary>W = (3 0; 4 5): WᵀW = (25 20; 20 25) has the eigenvalues 45 and 5.</summary>
    [Fact]
    public void TheNormIsTheLargestSingularValue() =>
        Assert.Equal(Math.Sqrt(45), SpectralNormalization.Norm(Tensor.Of((2, 2), 3, 0, 4, 5)).Item(), 1e-5);

    [Theory]
    [InlineData(7, 3)]
    [InlineData(3, 7)]
    [InlineData(1, 5)]
    [InlineData(20, 20)]
    public void ItAgreesWithADecomposition(int rows, int columns)
    {
        var w = Tensor.Gaussian((rows, columns), 1, new Rng(4));
        var largest = Matrix<float>.Build.DenseOfRowMajor(rows, columns, w.Values.ToArray()).Svd(false).S[0];
        Assert.Equal(largest, SpectralNormalization.Norm(w, 200).Item(), 1e-4f);
        Assert.InRange(SpectralNormalization.Norm(w).Item(), 0.97f * largest, largest + 1e-4f);           // from below
    }

    /// <summary>A convolution's kernel is a matrix of window · in rows.</summary>
    [Fact]
    public void AKernelIsAMatrix()
    {
        var w = Tensor.Gaussian((3, 3, 2, 4), 1, new Rng(4));
        Assert.Equal(SpectralNormalization.Norm(w.Reshape((18, 4))).Item(), SpectralNormalization.Norm(w).Item());
    }

    [Fact]
    public void ItsGradientIsThatOfFiniteDifferences()
    {
        Loss norm = at => SpectralNormalization.Norm(at[W], 100);
        var start = new Point((W, Tensor.Of((2, 3), 3, 0, 1, 0, 1, 0.5f)));
        DefenseWorld.AssertSlopes(norm, start, Grad.Of(norm, start).Move, 2e-3);
    }

    [Fact]
    public void ScoresDoNotDependOnTheWeightsScale()
    {
        var critic = new SpectralNormalization(new MlpCritic(3, [8]));
        var (at, x) = (critic.Start(new Rng(1)), Tensor.Gaussian((5, 3), 1, new Rng(2)));
        var (scores, scaled) = (critic.Score(at, x, null), critic.Score(at.Map((_, value) => value.Shape.Rank == 2 ? value * 8 : value), x, null));
        for (var i = 0; i < 5; i++) Assert.Equal(scores.Values[i], scaled.Values[i], 1e-5f);
        var zero = critic.Score(at.Map((_, value) => value * 0), x, null);
        Assert.All(zero.Values.ToArray(), score => Assert.Equal(0, score));
    }

    /// <summary>However large the weights, two scores differ by no more than their inputs do; without normalization they do.</summary>
    [Fact]
    public void TheSlopeIsAtMostOne()
    {
        var plain = new MlpCritic(4, [16, 16]);
        var (at, x, y) = (plain.Start(new Rng(1)).Map((_, value) => value * 5), Tensor.Gaussian((50, 4), 1, new Rng(2)), Tensor.Gaussian((50, 4), 1, new Rng(3)));
        Assert.InRange(Steepest(new SpectralNormalization(plain)), 0.01, 1.02);
        Assert.True(Steepest(plain) > 2);

        double Steepest(ICritic critic)
        {
            var (rise, run) = ((critic.Score(at, x, null) - critic.Score(at, y, null)).Abs(), (x - y).NormOfRows());
            return (rise / run).Values.ToArray().Max();
        }
    }
}
