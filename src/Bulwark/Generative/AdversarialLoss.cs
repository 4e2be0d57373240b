using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>What a critic's scores cost each player: means over scores of real and of generated examples, (batch) each, to scalars.</summary>
/// <param name="Critic">The critic's loss for scores of real and of generated examples.</param>
/// <param name="Generator">The generator's loss for scores of generated examples.</param>
public sealed record AdversarialLoss(Func<Tensor, Tensor, Tensor> Critic, Func<Tensor, Tensor> Generator)
{
    /// <summary>−E ln σ(D(x)) − E ln (1 − σ(D(G))) against −E ln σ(D(G)), whose slope does not vanish where the critic wins (Goodfellow et al. 2014).</summary>
    public static AdversarialLoss NonSaturating { get; } = new(
        static (real, fake) => (-real).Softplus().Mean() + fake.Softplus().Mean(), static fake => (-fake).Softplus().Mean());

    /// <summary>½ E (D(x) − 1)² + ½ E D(G)² against ½ E (D(G) − 1)² (Mao et al. 2017).</summary>
    public static AdversarialLoss LeastSquares { get; } = new(
        static (real, fake) => (MeanSquare(real - 1) + MeanSquare(fake)) * 0.5f, static fake => MeanSquare(fake - 1) * 0.5f);

    /// <summary>E D(G) − E D(x) against −E D(G): the Wasserstein distance, if something keeps D's slope at 1 (Arjovsky, Chintala and Bottou 2017).</summary>
    public static AdversarialLoss Wasserstein { get; } = new(
        static (real, fake) => fake.Mean() - real.Mean(), static fake => -fake.Mean());

    private static Tensor MeanSquare(Tensor x) => (x * x).Mean();
}
