using Bulwark.Attacks;
using Bulwark.Cli.Settings;
using Bulwark.Defenses;

namespace Bulwark.Cli.Models;

/// <summary>A defense that the command can train with.</summary>
/// <param name="Name">As after <c>--defense</c>.</param>
/// <param name="HasWeight">Whether it has a λ.</param>
/// <param name="HasAttack">Whether an attack of one's choice moves its examples.</param>
/// <param name="Of">The defense, of that attack, the threat and λ.</param>
internal sealed record DefenseKind(string Name, bool HasWeight, bool HasAttack, Func<IAttack, Threat, float, IDefense> Of)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DefenseKind> All { get; } =
    [
        new("adversarial", true, true, (attack, threat, weight) => new AdversarialTraining(attack, threat, weight)),
        new("min-max", false, true, (attack, threat, _) => new WorstCaseTraining(attack, threat)),
        new("fast", false, false, (_, threat, _) => new WorstCaseTraining(new RandomStep(), threat)),
        new("freelb", false, false, (_, threat, _) => new FreeLb(threat)),
        new("gradient-penalty", true, false, (_, threat, weight) => new GradientPenalty(weight, [.. threat.Variables])),
    ];

    /// <summary>Defenses of the library that the hardening of rankings does not fit, and why.</summary>
    private static readonly (string Name, string Why)[] Elsewhere =
    [
        ("trades", "compares what one kind of model answers, and each kind answers in its own way: it is for code"),
        ("label-smoothing", "smooths labels, and most rankings are learned from pairs of items that have none"),
        ("mixup", "mixes inputs, and rows of users and items are none"),
        ("free", "replays each batch, so that the control of as many epochs would have fewer steps: it is for code"),
    ];

    /// <summary>What this defense cannot use is refused, not ignored.</summary>
    /// <exception cref="UsageException">λ or an attack is set, and the defense has none.</exception>
    public static void Check(Resolved settings)
    {
        var kind = settings.Get(Known.Defense);
        if (!kind.HasWeight && IsSet(Known.HardenWeight))
            throw new UsageException($"'{kind.Name}' trains on attacked examples alone and has no λ; leave {Known.HardenWeight.Key} out.");
        if (!kind.HasAttack && IsSet(Known.HardenAttack))
            throw new UsageException($"'{kind.Name}' makes its moves itself; leave {Known.HardenAttack.Key} out, or choose adversarial or min-max.");

        bool IsSet(Setting setting) => !settings.Origin(setting).From.StartsWith("default", StringComparison.Ordinal);
    }

    /// <summary>By name.</summary>
    /// <exception cref="UsageException">It is one of the library's that does not fit.</exception>
    public static DefenseKind Parse(string text)
    {
        foreach (var (name, why) in Elsewhere)
            if (name == text) throw new UsageException($"'{name}' {why}; use one of {string.Join(", ", All.Select(kind => kind.Name))}.");
        return Settings.Parse.Word("defense", [.. All.Select(kind => (kind.Name, kind))])(text);
    }
}
