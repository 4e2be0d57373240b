using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>
/// A mixture of two generators of the same examples against one critic: each example is the statistical one's with probability π, else the neural one's. In
/// equilibrium π p_s + (1 − π) p_n = p, so that the neural generator learns what the statistical one, fitted beforehand and fixed, misses.
/// </summary>
/// <param name="statistical">Such as a <see cref="GaussianCopula"/>; it is drawn from as it stands.</param>
/// <param name="neural">What is trained.</param>
/// <param name="share">π, from 0 to 1.</param>
public sealed class HybridGenerator(IGenerator statistical, IGenerator neural, float share) : IGenerator
{
    /// <inheritdoc/>
    public Point Start(Rng rng) => neural.Start(rng);

    /// <inheritdoc/>
    public Tensor Generate(Point at, int count, Tensor? given, Rng rng)
    {
        var made = neural.Generate(at, count, given, rng.Fork("neural"));                        // (count, …)
        var drawn = statistical.Generate(at, count, given, rng.Fork("statistical")).Fixed();
        var each = made.Shape;
        for (var axis = 1; axis < each.Rank; axis++) each = each.With(axis, 1);
        var (chance, chosen) = (rng.Fork("mixture"), new float[count]);
        foreach (ref var one in chosen.AsSpan()) one = chance.NextSingle() < share ? 1 : 0;
        return made + (drawn - made) * Tensor.Of(each, chosen);
    }
}
