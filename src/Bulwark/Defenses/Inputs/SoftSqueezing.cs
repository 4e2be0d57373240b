using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Defenses.Inputs;

/// <summary>
/// f(σ(k (x − ½))): a classifier that sees its inputs, in [0, 1], nearly in black and white. It is <see cref="FeatureSqueezing"/> to one bit with a slope: away
/// from ½ a move changes next to nothing, and attacks see true gradients. Training and attacks go through it, so that it composes with any other defense.
/// </summary>
/// <param name="model">f.</param>
/// <param name="steepness">k, above 0; 4 leaves the slope at ½ as it was.</param>
public sealed class SoftSqueezing(IClassifier model, float steepness) : IClassifier
{
    private readonly float _steepness = steepness > 0
        ? steepness : throw new ArgumentOutOfRangeException(nameof(steepness), steepness, "Give a steepness above 0.");

    /// <inheritdoc/>
    public Variable Inputs => model.Inputs;

    /// <inheritdoc/>
    public Point Start(Rng rng) => model.Start(rng);

    /// <inheritdoc/>
    public Tensor Logits(Point at, Rng? rng = null) => model.Logits(at.With(Inputs, Squeeze(at[Inputs])), rng);

    /// <summary>σ(k (x − ½)).</summary>
    public Tensor Squeeze(Tensor x) => ((x - 0.5f) * _steepness).Sigmoid();
}
