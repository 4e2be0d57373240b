using Bulwark.Tensors;

namespace Bulwark.Models.Classifiers;

/// <summary>
/// ln (1/M Σ_m softmax f_m(x)): trained classifiers that answer together. It has no weights of its own; gradients go through every member, so that an attack on
/// the ensemble attacks all at once. Members that were trained alike share most of their weaknesses (Goodfellow et al. 2015): measure it under attack.
/// </summary>
/// <param name="members">At least one formula with its weights; all take the same inputs and tell the same classes.</param>
/// <exception cref="ArgumentException">There are no members.</exception>
public sealed class ClassifierEnsemble(params IReadOnlyList<(IClassifier Model, Point At)> members) : IClassifier
{
    /// <inheritdoc/>
    public Variable Inputs { get; } = members.Count > 0 ? members[0].Model.Inputs : throw new ArgumentException("An ensemble needs a member.", nameof(members));

    /// <summary>Nothing: its members are trained.</summary>
    public Point Start(Rng rng) => new();

    /// <inheritdoc/>
    public Tensor Logits(Point at, Rng? rng = null)
    {
        var inputs = at[Inputs];
        return members.Select(Probabilities).Aggregate((sum, one) => sum + one).Log();           // (batch, classes)

        Tensor Probabilities((IClassifier Model, Point At) member) =>
            member.Model.Logits(member.At.With(member.Model.Inputs, inputs), rng).Softmax() * (1f / members.Count);
    }
}
