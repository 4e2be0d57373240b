using Bulwark.Attacks.Poisoning;

namespace Bulwark.Cli.Models;

/// <summary>An attack on training data that the command can run.</summary>
/// <param name="Name">As after <c>--poison</c>.</param>
/// <param name="Needs">Whether it needs selected items.</param>
/// <param name="Of">The attack, of the number of items beside the targets and of the selected items.</param>
internal sealed record PoisonKind(string Name, bool Needs, Func<int, int[], IPoison> Of)
{
    private const int OnePopularAmong = 10;                  // of a bandwagon's items beside the targets, one in ten is popular

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PoisonKind> All { get; } =
    [
        new("random", false, (_, _) => ProfileTemplate.Random),
        new("average", false, (_, _) => ProfileTemplate.Average),
        new("bandwagon", false, (others, selected) => ProfileTemplate.Bandwagon(Math.Max(1, others / OnePopularAmong)) with { Selected = selected }),
        new("segment", true, (_, selected) => ProfileTemplate.Segment(selected)),
        new("love-hate", false, (_, _) => ProfileTemplate.LoveHate),
        new("pga", false, (_, _) => SurrogatePoison.Pga),
        new("bilevel", false, (_, _) => SurrogatePoison.Bilevel),
        new("aush", true, (_, selected) => new Aush(selected)),
        new("leg-up", false, (_, _) => new LegUp()),
    ];

    /// <summary>By name; null for an empty text.</summary>
    public static PoisonKind? Parse(string text) => text.Length == 0 ? null : Settings.Parse.Word("poisoning attack", [.. All.Select(kind => (kind.Name, kind))])(text);
}
