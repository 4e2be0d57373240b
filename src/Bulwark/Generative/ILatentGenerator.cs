using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>A generator of examples from codes z ~ N(0, 1).</summary>
public interface ILatentGenerator : IGenerator
{
    /// <summary>Width of z.</summary>
    int Latent { get; }

    /// <summary>Examples for codes: (count, latent) to (count, …).</summary>
    /// <param name="at">Where the generator stands.</param>
    /// <param name="code">z.</param>
    /// <param name="given">What each is given, (count, c), or null.</param>
    Tensor Decode(Point at, Tensor code, Tensor? given);
}
