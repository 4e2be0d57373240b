using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>A formula that tells where an example's code lies.</summary>
public interface IEncoder
{
    /// <summary>Starting values of its variables.</summary>
    Point Start(Rng rng);

    /// <summary>μ and ln σ² of each example's code: (batch, …) to (batch, latent) each.</summary>
    (Tensor Mean, Tensor LogVariance) Encode(Point at, Tensor x);
}
