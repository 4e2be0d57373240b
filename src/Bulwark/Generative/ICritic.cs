using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>A formula that scores examples: high where they look real.</summary>
public interface ICritic
{
    /// <summary>Starting values of its variables.</summary>
    Point Start(Rng rng);

    /// <summary>A score for each example, (batch, …) to (batch), which depends on no other example: no batch norm.</summary>
    /// <param name="at">Where the critic stands.</param>
    /// <param name="x">The examples.</param>
    /// <param name="given">What each is given, (batch, c), or null.</param>
    Tensor Score(Point at, Tensor x, Tensor? given);
}
