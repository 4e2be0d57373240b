using Bulwark.Attacks;
using Bulwark.Defenses;

namespace Bulwark.Cli.Models;

/// <summary>A defense that the command can train with.</summary>
/// <param name="Name">As after <c>--defense</c>.</param>
/// <param name="HasWeight">Whether it has a λ.</param>
/// <param name="Of">The defense, of the threat and λ.</param>
internal sealed record DefenseKind(string Name, bool HasWeight, Func<Threat, float, IDefense> Of)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DefenseKind> All { get; } =
    [
        new("adversarial", true, (threat, weight) => new AdversarialTraining(GradientAscent.Fgsm, threat, weight)),
        new("fast", false, (threat, _) => new WorstCaseTraining(new RandomStep(), threat)),
        new("freelb", false, (threat, _) => new FreeLb(threat)),
        new("gradient-penalty", true, (threat, weight) => new GradientPenalty(weight, [.. threat.Variables])),
    ];

    /// <summary>Defenses of the library that the hardening of rankings does not fit, and why.</summary>
    private static readonly (string Name, string Why)[] Elsewhere =
    [
        ("trades", "compares what one kind of model answers, and each kind answers in its own way: it is for code"),
        ("label-smoothing", "smooths labels, and most rankings are learned from pairs of items that have none"),
        ("mixup", "mixes inputs, and rows of users and items are none"),
        ("free", "replays each batch, so that the control of as many epochs would have fewer steps: it is for code"),
    ];

    /// <summary>By name.</summary>
    /// <exception cref="UsageException">It is one of the library's that does not fit.</exception>
    public static DefenseKind Parse(string text)
    {
        foreach (var (name, why) in Elsewhere)
            if (name == text) throw new UsageException($"'{name}' {why}; use one of {string.Join(", ", All.Select(kind => kind.Name))}.");
        return Settings.Parse.Word("defense", [.. All.Select(kind => (kind.Name, kind))])(text);
    }
}
