using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Training;

/// <summary>What to say of a loss that is not finite.</summary>
internal static class Divergence
{
    /// <summary>The exception that names the cause and the remedy.</summary>
    public static TrainingException Of(float loss, Move gradient, Optimizer optimizer, int epoch, long step) => new(
        $"The loss became {loss} in epoch {epoch + 1}, step {step + 1}: {Cause(optimizer.At, gradient)}. " +
        $"Lower the learning rate (now {optimizer.Rule.Rate:G3}) or set a clip norm.");

    /// <summary>Values come before gradients: one bad table spoils the gradients of all others.</summary>
    private static string Cause(Point at, Move gradient)
    {
        foreach (var variable in at.Variables)
        {
            var largest = Largest(at[variable]);
            if (!float.IsFinite(largest)) return $"'{variable}' holds values that are not finite";
            if (largest > 1e6) return $"'{variable}' has grown to {largest:G3}";
        }
        foreach (var variable in gradient.Variables)
            if (!float.IsFinite(Largest(gradient[variable].Stored))) return $"the gradient of '{variable}' is not finite";
        return "the loss itself overflows";
    }

    private static float Largest(Tensor tensor)
    {
        var largest = 0f;
        foreach (var value in tensor.Values)
        {
            if (!float.IsFinite(value)) return value;
            largest = MathF.Max(largest, MathF.Abs(value));
        }
        return largest;
    }
}
