using Bulwark.Tensors;

namespace Bulwark.Attacks.BlackBox;

/// <summary>
/// g = 1/(2σn) Σ (L(x + σu) − L(x − σu)) u: a gradient estimated from losses alone, at the present point, from n opposite pairs. With Gaussian directions u it is
/// a natural evolution strategy (Ilyas et al. 2018), with random signs SPSA (Spall 1992; Uesato et al. 2018). Examples that are apart are estimated each from
/// its own loss. It costs 2n + 1 queries.
/// </summary>
/// <param name="Pairs">n.</param>
/// <param name="Radius">σ.</param>
/// <param name="Signs">Whether directions are signs rather than Gaussian.</param>
public sealed record AntitheticSlope(int Pairs, float Radius, bool Signs) : ISlope
{
    /// <summary>Gaussian directions.</summary>
    public static AntitheticSlope Nes(int pairs = 50, float radius = 0.01f) => new(pairs, radius, Signs: false);

    /// <summary>Random signs.</summary>
    public static AntitheticSlope Spsa(int pairs = 64, float radius = 0.01f) => new(pairs, radius, Signs: true);

    /// <inheritdoc/>
    public Gradient Of(Loss loss, Point at, Threat threat, Rng rng)
    {
        var value = loss(at);
        var (examples, gradient) = (new Examples(value, at, threat), Move.Zero);
        for (var pair = 0; pair < Pairs; pair++)
        {
            using var scope = Scope.Open();
            var u = Direction(at, threat, rng.Fork(pair));
            var (up, down) = (examples.Losses(loss(at + u * Radius)), examples.Losses(loss(at + u * -Radius)));
            gradient = (gradient + examples.Scale(u, [.. up.Zip(down, (l, r) => (l - r) / (2 * Radius * Pairs))])).Promote();
        }
        return new(value, gradient);
    }

    private Move Direction(Point at, Threat threat, Rng rng) => new([.. threat.Variables.Select(variable =>
    {
        var (shape, draw) = (at[variable].Shape, rng.Fork(variable.Name));
        return (variable, Signs ? (Tensor.Uniform(shape, -1, 1, draw) + float.Epsilon).Sign() : Tensor.Gaussian(shape, 1, draw));
    })]);
}
