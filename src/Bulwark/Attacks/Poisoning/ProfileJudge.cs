using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Poisoning;

/// <summary>A discriminator of profiles with three layers of 150: what tells real ones from generated ones, ratings as shares of the highest.</summary>
/// <param name="items">Items of the catalog.</param>
internal sealed class ProfileJudge(int items)
{
    private const int Width = 150;
    private readonly Dense _verdict = new("discriminator.verdict");
    private readonly Mlp _layers = new("discriminator", [items, Width, Width, Width]);

    public Point Start(Rng rng) => _verdict.Start(_layers.Start(new Point(), rng), Width, 1, rng);

    /// <summary>How much more likely real than generated, as a logit: (batch, items) to (batch, 1).</summary>
    public Tensor Of(Point at, Tensor profiles) => _verdict.Of(at, _layers.Of(at, profiles));

    /// <summary>−ln D(real) − ln(1 − D(fake)), the profiles held fixed.</summary>
    public Loss Loss(Tensor real, Tensor fake)
    {
        var still = fake.Fixed();
        return at => (Of(at, still).Softplus() - Of(at, real).LogSigmoid()).Sum();
    }
}
