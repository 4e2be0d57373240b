namespace Bulwark.Generative;

/// <summary>What is wrong in an epoch of a game.</summary>
[Flags]
public enum GameWarning
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Samples cover too few real examples or repeat each other: see <see cref="CollapseWatch"/>.</summary>
    Collapse = 1,

    /// <summary>The generator's mean gradient norm is below 10⁻⁶: it no longer learns.</summary>
    VanishingGradient = 2,
}
