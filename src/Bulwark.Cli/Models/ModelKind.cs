using Bulwark.Models;

namespace Bulwark.Cli.Models;

/// <summary>A model that the command can train.</summary>
/// <param name="Name">As after <c>-m</c>.</param>
/// <param name="Summary">One line.</param>
/// <param name="Paper">Where it comes from.</param>
/// <param name="Needs">What data it needs, in words.</param>
/// <param name="Learning">How it learns; null for a model without weights.</param>
internal sealed record ModelKind(string Name, string Summary, string Paper, string Needs, Learning? Learning)
{
    /// <summary>Settings with other defaults for this model.</summary>
    public IReadOnlyDictionary<string, string> Defaults { get; init; } = new Dictionary<string, string>();

    /// <summary>Makes a model that has no weights but its training data; null for one that learns, and for popularity.</summary>
    public Func<Making, IRecommender>? Remembers { get; init; }

    /// <summary>How it is made of other models; null for one that is not.</summary>
    public Ensemble? Ensemble { get; init; }

    /// <summary>Whether it ranks for a history unknown to training; if not, such people get what is popular. An ensemble does if a member does.</summary>
    public bool FoldsIn { get; init; } = true;

    /// <summary>Whether it ranks an item that nobody has touched by what is known of it; if not, such an item waits for interactions.</summary>
    public bool ScoresNewItems { get; init; }

    /// <summary>Whether it predicts ratings rather than ranks.</summary>
    public bool PredictsRatings { get; init; }

    /// <summary>The keys of the settings that decide the model and its training.</summary>
    public IReadOnlySet<string> Reads(Making making) => making.Settings.ReadBy(settings =>
    {
        Learning?.Prepare(making with { Settings = settings });
        Remembers?.Invoke(making with { Settings = settings });
        foreach (var setting in Ensemble?.Settings ?? []) settings.Check(setting);
    });

    public override string ToString() => Name;
}
