using Bulwark.Generative;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class ProfileAutoencoderTests
{
    private static readonly ProfileGenerator _generator = new([1, 0, 2], 4, [8]);
    private static readonly ProfileAutoencoder _autoencoder = new(_generator, 8, 4);
    private static readonly Point _at = _autoencoder.Start(new Rng(1));

    /// <summary>
    /// With weights of zero the code is that of the prior, KL = 0, and weights are 1.5, .5, 2.5. A user with items 0 and 1, of which 0 is known: 1 comes next with
    /// .5 / (.5 + 2.5), ln 6. One with items 0 and 2, nothing known: (ln (4.5 / 1.5) + ln (4.5 / 2.5)) / 2.
    /// </summary>
    [Fact]
    public void TheLossIsTheFormula()
    {
        var examples = new Examples(Tensor.Of((2, 3), 1, 1, 0, 1, 0, 1), ProfileConditions.Of(3, [2, 2], [[0], []]));
        var expected = (MathF.Log(6) + (MathF.Log(3) + MathF.Log(1.8f)) / 2) / 2;
        Assert.Equal(expected, _autoencoder.Loss(_at.Map((_, value) => value * 0), examples, new Rng(2)).Item(), 1e-4f);
    }

    /// <summary>μ = b for weights of zero but the bias of the mean: KL = ½ Σ μ², over the one item of the profile.</summary>
    [Fact]
    public void TheDivergenceIsPartOfIt()
    {
        var examples = new Examples(Tensor.Of((1, 3), 0, 0, 1), ProfileConditions.Of(3, [1], [[]]));
        var zero = _at.Map((variable, value) => value * 0 + (variable.Name == "encoder.mean.bias" ? 3 : 0));
        Assert.Equal(MathF.Log(1.8f) + 0.5f * 4 * 9, _autoencoder.Loss(zero, examples, new Rng(2)).Item(), 1e-4f);
        var wide = zero.Map((variable, value) => variable.Name == "prior.log-variance.bias" ? value + MathF.Log(2) : value);   // ½ (9 + 1) / 2 + ½ ln 2 − ½ each
        Assert.Equal(MathF.Log(1.8f) + 4 * (2 + MathF.Log(2) / 2), _autoencoder.Loss(wide, examples, new Rng(2)).Item(), 1e-4f);
        var moved = zero.Map((variable, value) => variable.Name == "prior.mean.bias" ? value + 3 : value);
        Assert.Equal(MathF.Log(1.8f), _autoencoder.Loss(moved, examples, new Rng(2)).Item(), 1e-4f);
    }

    /// <summary>A profile that is known whole has nothing to come, and costs only its code.</summary>
    [Fact]
    public void AProfileKnownWholeIsNoDivisionByZero()
    {
        var examples = new Examples(Tensor.Of((1, 3), 0, 1, 1), ProfileConditions.Of(3, [2], [[1, 2]]));
        Assert.Equal(0, _autoencoder.Loss(_at.Map((_, value) => value * 0), examples, new Rng(2)).Item(), 1e-5f);
    }
}
