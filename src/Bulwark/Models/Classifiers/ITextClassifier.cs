using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Models.Classifiers;

/// <summary>
/// A formula that tells classes of texts. The embeddings of a batch's pieces stand at the point like the weights, so that whatever moves variables can move
/// them, each place of each text apart (Miyato, Dai and Goodfellow 2017). A ball over rows is then one around each text.
/// </summary>
public interface ITextClassifier
{
    /// <summary>The embeddings of a batch's pieces: (texts, t, d). It has no starting value; <see cref="Embed"/> makes one.</summary>
    Variable Inputs { get; }

    /// <summary>Starting values of the weights.</summary>
    Point Start(Rng rng);

    /// <summary>The rows of the pieces: (texts, t, d).</summary>
    Tensor Embed(Point at, TokenBatch texts);

    /// <summary>A score for each class of each text, from the inputs that stand at the point: (texts, classes). With a source of randomness, dropout is on.</summary>
    Tensor Logits(Point at, TokenBatch texts, Rng? rng = null);
}
