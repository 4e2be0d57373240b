using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Generative;

/// <summary>
/// A generative adversarial network (Goodfellow et al. 2014) as a game. WGAN-GP is <see cref="AdversarialLoss.Wasserstein"/> with a penalty of 10; a
/// <see cref="SpectralNormalization"/> around the critic does instead of a penalty.
/// </summary>
/// <param name="Generator">G.</param>
/// <param name="Critic">D.</param>
/// <param name="Loss">What scores cost.</param>
/// <param name="Penalty">λ of the gradient penalty <see cref="UnitSlope"/>; 0 is none.</param>
public sealed record Gan(IGenerator Generator, ICritic Critic, AdversarialLoss Loss, float Penalty = 0)
{
    /// <summary>The deviation, at each step, of instance noise that the critic sees on real and generated examples (Sønderby et al. 2017); null is none.</summary>
    public Schedule? Noise { get; init; }

    /// <summary>The game on batches that hold such examples.</summary>
    public Game<TBatch> On<TBatch>(Func<TBatch, Examples> examples) => new(
        (batch, rng) => at => CriticLoss(at, examples(batch), Chance(rng)),
        (batch, rng) => at => GeneratorLoss(at, examples(batch), Chance(rng)));

    /// <summary>L_D(D(x), D(G(z))) + λ E (‖∇D(x̂)‖ − 1)².</summary>
    private Tensor CriticLoss(Point at, Examples examples, Rng rng)
    {
        var (real, given) = (Noisy(examples.Real, examples.Step, rng.Fork("real noise")), examples.Given);
        var fake = Noisy(Generate(at, examples, rng), examples.Step, rng.Fork("noise")).Fixed();
        var loss = Loss.Critic(Critic.Score(at, real, given), Critic.Score(at, fake, given));
        return Penalty == 0 ? loss : loss + UnitSlope.Penalty((point, x) => Critic.Score(point, x, given), at, real, fake, rng.Fork("between")) * Penalty;
    }

    /// <summary>L_G(D(G(z))).</summary>
    private Tensor GeneratorLoss(Point at, Examples examples, Rng rng) =>
        Loss.Generator(Critic.Score(at, Noisy(Generate(at, examples, rng), examples.Step, rng.Fork("noise")), examples.Given));

    private Tensor Generate(Point at, Examples examples, Rng rng) => Generator.Generate(at, examples.Real.Shape[0], examples.Given, rng.Fork("examples"));

    private Tensor Noisy(Tensor x, long step, Rng rng) => Noise?.Invoke(step) is > 0 and var deviation ? x + Tensor.Gaussian(x.Shape, deviation, rng) : x;

    private static Rng Chance(Rng? rng) => rng ?? throw new ArgumentNullException(nameof(rng), "A game is one of chance: pass a source of randomness.");
}
