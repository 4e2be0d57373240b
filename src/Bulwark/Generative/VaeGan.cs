using Bulwark.Models.Autoencoders;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative;

/// <summary>
/// VAE-GAN (Larsen et al. 2016): encoder and generator are a variational autoencoder whose errors are measured in the critic's features, and the generator
/// must pass for real besides. Encoder and generator are one player; the critic is the other.
/// </summary>
/// <param name="Encoder">Examples to codes.</param>
/// <param name="Generator">Codes to examples.</param>
/// <param name="Critic">D, and the features f in which errors are measured.</param>
/// <param name="Loss">What scores cost.</param>
/// <param name="Penalty">λ of the gradient penalty; 0 is none.</param>
public sealed record VaeGan(IEncoder Encoder, ILatentGenerator Generator, IFeatureCritic Critic, AdversarialLoss Loss, float Penalty = 0)
{
    /// <summary>s, the deviation that features are taken to have: what errors weigh beside the divergence.</summary>
    public float Deviation { get; init; } = 1;

    /// <summary>The weight of passing for real beside the errors of the autoencoder.</summary>
    public float Adversarial { get; init; } = 1;

    /// <summary>Starting values of encoder and generator.</summary>
    public Point Start(Rng rng) => Encoder.Start(rng).With(Generator.Start(rng));

    /// <summary>
    /// The critic tells real examples from those of codes drawn from N(0, 1). The other player's loss is, a mean over the batch,
    /// ½ ‖f(x) − f(G(z))‖² / s² + KL(N(μ, σ²) ‖ N(0, 1)), z ~ N(μ, σ²), and L_G(D(G(z₀))) of codes z₀ drawn from N(0, 1), which no encoder can make small.
    /// </summary>
    public Game<TBatch> On<TBatch>(Func<TBatch, Examples> examples)
    {
        var play = new Gan(Generator, Critic, Loss, Penalty).On(examples);
        return new(play.Critic, (batch, rng) => at =>
        {
            var (real, given, _) = examples(batch);
            var (reconstructed, divergence) = Reconstruct(at, real, given, rng!.Fork("reconstruct"));
            var error = Critic.Features(at, real, given).SquaredError(Critic.Features(at, reconstructed, given)) * (0.5f / (Deviation * Deviation));
            return (error + divergence) * (1f / real.Shape[0]) + play.Generator(batch, rng)(at) * Adversarial;
        });
    }

    /// <summary>The autoencoder alone, without a critic: ½ ‖x − G(z)‖² / s² + KL(N(μ, σ²) ‖ N(0, 1)), a sum over the batch.</summary>
    /// <param name="examples">What a batch holds.</param>
    /// <param name="deviation">s, of the noise that an example's values are taken to have.</param>
    public Objective<TBatch> Alone<TBatch>(Func<TBatch, Examples> examples, float deviation) => (batch, rng) => at =>
    {
        var (real, given, _) = examples(batch);
        var (reconstructed, divergence) = Reconstruct(at, real, given, rng);
        return real.SquaredError(reconstructed) * (0.5f / (deviation * deviation)) + divergence;
    };

    /// <summary>
    /// Examples between others: of the code (1 − t) z + t z′ between their mean codes, at the length between theirs, for codes of N(0, 1) lie on a shell that a
    /// straight line leaves. (batch, …).
    /// </summary>
    /// <param name="at">Where encoder and generator stand.</param>
    /// <param name="x">From here.</param>
    /// <param name="y">To there.</param>
    /// <param name="share">t in [0, 1]: 0 is x as the autoencoder keeps it, 1 is y.</param>
    /// <param name="given">What each is given, or null.</param>
    public Tensor Between(Point at, Tensor x, Tensor y, float share, Tensor? given = null)
    {
        var (from, to) = (Encoder.Encode(at, x).Mean, Encoder.Encode(at, y).Mean);               // (batch, latent)
        var code = from * (1 - share) + to * share;
        var length = from.NormOfRows() * (1 - share) + to.NormOfRows() * share;                  // (batch)
        return Generator.Decode(at, code.ScaleRows(length / (code.NormOfRows() + 1e-12f)), given);
    }

    private (Tensor X, Tensor Divergence) Reconstruct(Point at, Tensor x, Tensor? given, Rng? rng)
    {
        var (mean, logVariance) = Encoder.Encode(at, x);
        return (Generator.Decode(at, GaussianCode.Draw(mean, logVariance, rng), given), GaussianCode.Divergence(mean, logVariance));
    }
}
