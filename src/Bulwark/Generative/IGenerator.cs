using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>
/// A formula that makes examples from chance. What it makes must be differentiable by its variables: discrete examples are relaxed or straight-through.
/// </summary>
public interface IGenerator
{
    /// <summary>Starting values of its variables.</summary>
    Point Start(Rng rng);

    /// <summary>New examples: (count, …).</summary>
    /// <param name="at">Where the generator stands.</param>
    /// <param name="count">How many.</param>
    /// <param name="given">What each is given, (count, c); null where it is given nothing. Labels are one-hot rows.</param>
    /// <param name="rng">Chance.</param>
    Tensor Generate(Point at, int count, Tensor? given, Rng rng);
}
