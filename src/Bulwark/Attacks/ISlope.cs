using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>How a search learns which way a loss rises.</summary>
public interface ISlope
{
    /// <summary>The loss at a point, and its gradient there by what the threat moves.</summary>
    Gradient Of(Loss loss, Point at, Threat threat, Rng rng);
}

/// <summary>The gradient itself: for an attacker who knows the model.</summary>
public sealed record ExactSlope : ISlope
{
    /// <inheritdoc/>
    public Gradient Of(Loss loss, Point at, Threat threat, Rng rng)
    {
        threat.Demand(Knowledge.White);
        return Grad.Of(loss, at, threat.Variables);
    }
}
