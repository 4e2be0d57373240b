using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Defenses;

/// <summary>∂L/∂weights and ∂L/∂δ at a moved point, from one pass: what defenses share that climb while they train.</summary>
/// <param name="Value">L(x + δ).</param>
/// <param name="Weights">By all that is learned.</param>
/// <param name="Moved">By what the threat lets move.</param>
internal readonly record struct JointGradient(float Value, Move Weights, Move Moved)
{
    public static JointGradient Of(Loss loss, Point at, Move move, Threat threat)
    {
        var over = at.Variables.ToArray().Where(variable => !variable.IsGiven).Union(threat.Variables).ToArray();
        var (value, gradient) = Grad.Of(loss, at.Fixed() + move, over);
        return new(value.Sum().Item(), Part(variable => !variable.IsGiven), Part(threat.Variables.Contains));

        Move Part(Func<Variable, bool> belongs) => new([.. gradient.Variables.ToArray().Where(belongs).Select(variable => (variable, gradient[variable]))]);
    }
}
