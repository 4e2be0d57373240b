using Bulwark.Generative;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative;

public sealed class GaussianMixtureTests
{
    /// <summary>Its own draws cover all modes; within 3 σ of a plane Gaussian lie 1 − e^(−9/2) = .9889 of it.</summary>
    [Theory]
    [InlineData(false, 8)]
    [InlineData(true, 25)]
    public void ItsOwnDrawsAreGood(bool grid, int modes)
    {
        var world = grid ? GaussianMixture.Grid() : GaussianMixture.Ring();
        var draws = world.Draw(4000, new Rng(1));
        var (covered, good) = world.Judge(GameWorld.Inputs(draws));
        Assert.Equal((modes, modes), (world.ModeCount, covered));
        Assert.Equal(0.9889, good, 0.006);
        Assert.Equal(modes, draws.Labels.ToArray().Distinct().Count());
    }

    /// <summary>Ten samples: eight at one mode of the ring, one at the next, one at none. A tenth of a fair share is .125 samples, so that both count.</summary>
    [Fact]
    public void ByHand()
    {
        var world = GaussianMixture.Ring(8, 2, 0.1f);
        float[] values = [2, 0, 2, 0.29f, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0, MathF.Sqrt(2), MathF.Sqrt(2), 2, 0.31f];
        Assert.Equal((2, 0.9), world.Judge(Tensor.Of((10, 2), values)));
    }

    /// <summary>One good sample in 100 is less than a tenth of the fair share of 12.5.</summary>
    [Fact]
    public void AStrayDoesNotCoverAMode()
    {
        var values = Enumerable.Range(0, 100).SelectMany(i => i == 0 ? new float[] { -2, 0 } : [2, 0]).ToArray();
        Assert.Equal((1, 1), GaussianMixture.Ring().Judge(Tensor.Of((100, 2), values)));
    }
}
