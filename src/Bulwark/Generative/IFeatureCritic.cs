using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>A critic whose last hidden layer may be read: examples that look alike have features alike.</summary>
public interface IFeatureCritic : ICritic
{
    /// <summary>The features of each example: (batch, …) to (batch, f).</summary>
    Tensor Features(Point at, Tensor x, Tensor? given);
}
