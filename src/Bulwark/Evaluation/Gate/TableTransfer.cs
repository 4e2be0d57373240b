using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Evaluation.Gate;

/// <summary>
/// Moves of another model's tables, found on its own loss within a threat of its own scale, for the victim's tables of the same names: row n is of the same user
/// or item in both. A move of the whole radius there is one of the whole radius here.
/// </summary>
/// <param name="Attack">The search on the other model.</param>
/// <param name="Other">The other model.</param>
/// <param name="Epsilon">The radius.</param>
internal sealed record TableTransfer(IAttack Attack, GateVictim Other, float Epsilon) : IAttack
{
    /// <summary>The transfer; null where the models do not have the same tables.</summary>
    public static TableTransfer? Of(IAttack attack, GateVictim victim, GateVictim other, float epsilon)
    {
        var (own, others) = (victim.Threat(epsilon).Variables, other.Threat(epsilon).Variables);
        return own.Length == others.Length && own.Zip(others).All(pair =>
            pair.First.Name == pair.Second.Name && victim.At[pair.First].Shape.Equals(other.At[pair.Second].Shape)) ? new(attack, other, epsilon) : null;
    }

    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        var known = Other.Threat(Epsilon);
        var found = Attack.Find(Other.Loss, Other.At, known, rng);
        return new([.. threat.Variables.Zip(known.Variables).Where(pair => found.TryGet(pair.Second, out _)).Select(pair =>
            (pair.First, found[pair.Second] * (threat[pair.First].Epsilon / known[pair.Second].Epsilon)))]);
    }
}
