using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>
/// What is missing of an item from what is there, x from c: a conditional generator that must come near the true x and, together with c, pass for real
/// (pix2pix: Isola et al. 2017, with squares for absolute values, so that draws have the right mean).
/// </summary>
/// <param name="Generator">G(z | c).</param>
/// <param name="Critic">D(x | c).</param>
/// <param name="Loss">What scores cost.</param>
/// <param name="Penalty">λ of the gradient penalty; 0 is none.</param>
public sealed record Completion(IGenerator Generator, ICritic Critic, AdversarialLoss Loss, float Penalty = 0)
{
    /// <summary>The weight of passing for real beside the error; 0 is regression alone.</summary>
    public float Adversarial { get; init; } = 1;

    /// <summary>The critic tells pairs apart; the generator's loss is E ‖x − G(z | c)‖² + w L_G(D(G(z | c) | c)).</summary>
    public Game<TBatch> On<TBatch>(Func<TBatch, Examples> examples)
    {
        var play = new Gan(Generator, Critic, Loss, Penalty).On(examples);
        return play with
        {
            Generator = (batch, rng) => at =>
            {
                var (real, given, _) = examples(batch);
                var error = real.SquaredError(Generator.Generate(at, real.Shape[0], given, rng!.Fork("complete"))) * (1f / real.Shape[0]);
                return Adversarial == 0 ? error : error + play.Generator(batch, rng)(at) * Adversarial;
            },
        };
    }

    /// <summary>The mean of some draws: a guess of least squared error. (batch, …).</summary>
    /// <param name="at">Where the generator stands.</param>
    /// <param name="given">c, (batch, c).</param>
    /// <param name="draws">How many; one is a sample.</param>
    /// <param name="rng">Chance.</param>
    public Tensor Complete(Point at, Tensor given, int draws, Rng rng)
    {
        var sum = Generator.Generate(at, given.Shape[0], given, rng.Fork(0));
        for (var draw = 1; draw < draws; draw++) sum += Generator.Generate(at, given.Shape[0], given, rng.Fork(draw));
        return sum * (1f / draws);
    }
}
