namespace Bulwark.Attacks;

/// <summary>What an attacker knows of the model, from little to much.</summary>
public enum Knowledge
{
    /// <summary>Its answers: scores or decisions.</summary>
    Black,

    /// <summary>Its answers, its kind and its training data: enough to train a surrogate.</summary>
    Grey,

    /// <summary>Everything, its gradients among it.</summary>
    White,
}
