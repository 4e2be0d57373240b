using Bulwark.Models.Autoencoders;
using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative.Behavior;

/// <summary>
/// A conditional variational autoencoder of what users touch (Sohn, Lee and Yan 2015; multinomial as Liang et al. 2018) around a generator: z ~ N(μ, σ²), μ and
/// ln σ² linear in tanh(W x / ‖x‖ + b), part of x hidden; the generator's scores for z and what is given should have made x, and its own codes should be such.
/// </summary>
/// <param name="generator">ℓ.</param>
/// <param name="hidden">Width of the encoder's hidden layer.</param>
/// <param name="latent">Width of z, as the generator has it.</param>
public sealed class ProfileAutoencoder(ProfileGenerator generator, int hidden, int latent)
{
    private const float Hidden = 0.5f, Never = 1e4f;
    private readonly Dense _hidden = new("encoder.hidden"), _mean = new("encoder.mean"), _logVariance = new("encoder.log-variance");

    /// <summary>Starting values of encoder and generator.</summary>
    public Point Start(Rng rng)
    {
        var at = _hidden.Start(generator.Start(rng), generator.ItemCount, hidden, rng);
        return _logVariance.Start(_mean.Start(at, hidden, latent, rng), hidden, latent, rng);
    }

    /// <summary>
    /// E (−Σ ln softmax(ℓ) + KL(N(μ, σ²) ‖ N(ν, τ²))) / m, N(ν, τ²) the codes that the generator would draw, the sum over the m items of a profile that are not
    /// known; known ones cannot be drawn again. A scalar.
    /// </summary>
    public Tensor Loss(Point at, Examples examples, Rng rng)
    {
        var (x, given) = (examples.Real, examples.Given!);
        var known = given.Slice(1, 1, generator.ItemCount);
        var h = _hidden.Of(at, x.UnitRows().Dropout(Hidden, rng.Fork("hidden"))).Tanh();         // (batch, hidden)
        var (mean, logVariance) = (_mean.Of(at, h), _logVariance.Of(at, h));
        var scores = generator.Scores(at, GaussianCode.Draw(mean, logVariance, rng), given);
        var wanted = x - known;                                                                  // (batch, items)
        var shares = 1 / wanted.Sum(1).Maximum(Tensor.Scalar(1));                                // (batch): 1 / m
        var unlikely = -(scores - known * Never).LogSoftmax().Dot(wanted);
        var (center, logSpread) = generator.Prior(at, given);
        var apart = mean - center;
        var divergence = ((apart * apart + logVariance.Exp()) * (-logSpread).Exp() + logSpread - logVariance - 1).Sum(1) * 0.5f;
        return (unlikely + divergence).Dot(shares) * (1f / x.Shape[0]);
    }
}
