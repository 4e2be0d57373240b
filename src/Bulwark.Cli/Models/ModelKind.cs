using Bulwark.Cli.Settings;
using Bulwark.Models;
using Bulwark.Tensors;

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

    /// <summary>Whether it predicts ratings rather than ranks.</summary>
    public bool PredictsRatings { get; init; }

    public override string ToString() => Name;
}

/// <summary>How a model with weights is made, trained and attacked.</summary>
/// <param name="Create">Makes it for a number of users, of items, and a mean rating.</param>
/// <param name="Train">Trains it.</param>
/// <param name="Attacked">The loss that an attacker makes large.</param>
internal sealed record Learning(
    Func<Resolved, int, int, float, IPairModel> Create, Func<TrainingJob, Training.TrainingResult> Train,
    Func<IPairModel, Data.Interactions, Rng, Loss> Attacked);
