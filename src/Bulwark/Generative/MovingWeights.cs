using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Generative;

/// <summary>
/// a ← a + max(1/n, 1 − β)(w − a) after the n-th step: a running mean of a player's weights, of which the first steps are a plain mean (Yazıcı et al. 2019).
/// It is a step of gradient descent on ½ ‖a − w‖², and so an optimizer's, in place.
/// </summary>
internal sealed class MovingWeights(Point start, float decay)
{
    public Optimizer Mean { get; } = new(start, new Sgd(1)) { Schedule = step => Math.Max(1f / (step + 1), 1 - decay) };

    /// <summary>One point more.</summary>
    public void Take(Point weights)
    {
        using var scope = Scope.Open();
        var mean = Mean.At;
        Mean.Step(new([.. weights.Variables.ToArray().Where(variable => !variable.IsGiven).Select(variable => (variable, mean[variable] - weights[variable]))]));
    }
}
