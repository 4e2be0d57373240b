using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Cli.Settings;
using Bulwark.Evaluation;

namespace Bulwark.Cli.Models;

/// <summary>Attacks that run several times from random beginnings; the worst run counts.</summary>
internal static class Restarting
{
    /// <summary>The attacks of the settings, with their restarts.</summary>
    /// <exception cref="UsageException">No attack begins at random.</exception>
    public static AttackKind[] Of(Resolved settings)
    {
        var (kinds, restarts) = (settings.Get(Known.Attacks), settings.Get(Known.Restarts));
        if (restarts == 1) return kinds;
        return kinds.Any(kind => kind.BeginsAtRandom) ? [.. kinds.Select(kind => kind.BeginsAtRandom ? Of(kind, restarts) : kind)]
            : throw new UsageException("None of these attacks begins at random, so that restarts find the same again; choose one such as pgd-20, or leave --restarts out.");
    }

    /// <summary>The search with so many runs; null for one that finds the same each time.</summary>
    public static IAttack? Again(IAttack search, int restarts) => search switch
    {
        Apgd apgd => apgd with { Restarts = restarts },
        GradientAscent { RandomStart: true } ascent => ascent with { Restarts = restarts },
        GradientAscent { Slope: AntitheticSlope } ascent => ascent with { Restarts = restarts },
        _ => null,
    };

    private static AttackKind Of(AttackKind kind, int restarts) => kind with
    {
        OnTables = (radii, relative) => [.. kind.OnTables(radii, relative).Select(attack => attack with { Attack = Again(attack.Attack, restarts)! })],
        OnInputs = train => OnInputs(kind.OnInputs(train), restarts),
    };

    private static InputAttack OnInputs(InputAttack attack, int restarts) =>
        attack with { Parts = [.. attack.Parts.Select(part => part with { Of = model => Again(part.Of(model), restarts)! })] };
}
