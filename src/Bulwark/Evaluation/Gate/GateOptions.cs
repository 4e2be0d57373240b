using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;

namespace Bulwark.Evaluation.Gate;

/// <summary>What a gate asks for, and what it attacks with.</summary>
/// <param name="Attack">The attack of the claim, for a number of steps.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Epsilon">The radius of the claim.</param>
/// <param name="MostLost">The largest share of the clean figure that may be lost.</param>
public sealed record GateOptions(Func<int, IAttack> Attack, int Steps, float Epsilon, double MostLost)
{
    /// <summary>A search that asks losses alone.</summary>
    public IAttack GradientFree { get; init; } = new Square(1000);

    /// <summary>A search that asks decisions alone.</summary>
    public IAttack Decision { get; init; } = new HopSkipJump(Steps: 15, FirstVotes: 60);

    /// <summary>Tries of plain noise.</summary>
    public int NoiseTries { get; init; } = 10_000;

    /// <summary>Drives the attacks.</summary>
    public ulong Seed { get; init; } = 1;
}
