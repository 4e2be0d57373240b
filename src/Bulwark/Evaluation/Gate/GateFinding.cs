namespace Bulwark.Evaluation.Gate;

/// <summary>What a check comes to.</summary>
public enum GateVerdict
{
    /// <summary>As it must be.</summary>
    Pass,

    /// <summary>The figure of robustness cannot be believed.</summary>
    Fail,

    /// <summary>Nothing of the kind can be asked of this model.</summary>
    NotApplicable,
}

/// <summary>The finding of one check.</summary>
/// <param name="Check">What must hold.</param>
/// <param name="Verdict">Whether it does.</param>
/// <param name="Figure">By what figure, or why not applicable.</param>
public sealed record GateFinding(string Check, GateVerdict Verdict, string Figure);
