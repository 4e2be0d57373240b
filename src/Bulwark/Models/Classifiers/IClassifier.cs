using Bulwark.Tensors;

namespace Bulwark.Models.Classifiers;

/// <summary>
/// A formula that tells classes of inputs. A batch of inputs stands at the point like the weights, so that whatever moves variables can move inputs.
/// </summary>
public interface IClassifier
{
    /// <summary>The batch: (batch, …). It has no starting value.</summary>
    Variable Inputs { get; }

    /// <summary>Starting values of the weights.</summary>
    Point Start(Rng rng);

    /// <summary>A score for each class of each input, whose softmax are probabilities: (batch, classes). With a source of randomness, dropout is on.</summary>
    Tensor Logits(Point at, Rng? rng = null);
}
