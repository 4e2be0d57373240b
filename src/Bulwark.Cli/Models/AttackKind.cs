using System.Globalization;
using Bulwark.Attacks;
using Bulwark.Evaluation;

namespace Bulwark.Cli.Models;

/// <summary>An attack that the command can run.</summary>
/// <param name="Name">As after <c>--attack</c>.</param>
/// <param name="At">The attack at given radii, relative to row norms or not.</param>
internal sealed record AttackKind(string Name, Func<IReadOnlyList<float>, bool, IReadOnlyList<StudyAttack>> At);

/// <summary>The attacks that the command can run.</summary>
internal static class AttackKinds
{
    private const string Preset = "msap";

    /// <summary>Attacks by name; the number behind a dash is the number of steps.</summary>
    private static readonly (string Name, Func<int, IAttack> Attack, bool Steps)[] Known =
    [
        ("noise", _ => new Noise(), false),
        ("fgsm", _ => GradientAscent.Fgsm, false),
        ("bim", steps => GradientAscent.Bim(steps), true),
        ("pgd", steps => GradientAscent.Pgd(steps), true),
        ("mi-fgsm", steps => GradientAscent.MiFgsm(steps), true),
    ];

    private static readonly string[] Names = [.. Known.Select(known => known.Steps ? $"{known.Name}-10" : known.Name), Preset];

    /// <summary>A list with commas.</summary>
    public static AttackKind[] Parse(string text) => Settings.Parse.List(One)(text);

    private static AttackKind One(string text)
    {
        if (text == Preset) return new(text, static (_, _) => StudyAttack.Msap);
        var dash = text.LastIndexOf('-');
        var (name, count) = dash > 0 && char.IsAsciiDigit(text[^1]) ? (text[..dash], text[(dash + 1)..]) : (text, null);
        var (known, attack, counts) = Array.Find(Known, known => known.Name == name);
        if (known is null || !counts && count is not null) throw new UsageException(Suggest.Unknown("attack", text, Names));
        if (counts && count is null) throw new FormatException($"the number of steps behind '{name}', as in {name}-10");
        var steps = counts ? Settings.Parse.Whole(1, 100_000)(count!) : 1;
        var full = counts ? string.Create(CultureInfo.InvariantCulture, $"{name}-{steps}") : name;
        return new(full, (radii, relative) => [new(full, attack(steps), radii, StudyAttack.Tables, relative)]);
    }
}
