using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Defenses.Inputs;

/// <summary>
/// f(rint(x (2^b − 1)) / (2^b − 1)): a classifier that sees its inputs, in [0, 1], with 2^b levels (feature squeezing: Xu et al. 2018). Rounding has no slope;
/// gradients pass straight through it, so that an attack on this model attacks what lies behind.
/// </summary>
/// <param name="model">f.</param>
/// <param name="bits">b, 1 to 8.</param>
public sealed class FeatureSqueezing(IClassifier model, int bits) : IClassifier
{
    private readonly int _levels = bits is >= 1 and <= 8 ? (1 << bits) - 1 : throw new ArgumentOutOfRangeException(nameof(bits), bits, "Give 1 to 8 bits.");

    /// <inheritdoc/>
    public Variable Inputs => model.Inputs;

    /// <inheritdoc/>
    public Point Start(Rng rng) => model.Start(rng);

    /// <inheritdoc/>
    public Tensor Logits(Point at, Rng? rng = null) => model.Logits(at.With(Inputs, Squeeze(at[Inputs])), rng);

    /// <summary>rint(x (2^b − 1)) / (2^b − 1).</summary>
    public Tensor Squeeze(Tensor x) => (x * _levels).StraightThroughRound() / Tensor.Scalar(_levels);
}
