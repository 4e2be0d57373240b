using Bulwark.Models;
using Bulwark.Models.Classifiers;
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

    /// <summary>Makes a model that has no weights but its training data; null for one that learns, and for popularity.</summary>
    public Func<Making, CancellationToken, IRecommender>? Remembers { get; init; }

    /// <summary>What of the data's facts it needs when it is read back; null for a model that reads none.</summary>
    public Func<Making, Facts>? Keeps { get; init; }

    /// <summary>What of its inputs an attack on features moves; null for a model without any.</summary>
    public Func<IModel, IReadOnlyList<Variable>>? Features { get; init; }

    /// <summary>How it is made of other models; null for one that is not.</summary>
    public Ensemble? Ensemble { get; init; }

    /// <summary>Whether it ranks for a history unknown to training; if not, such people get what is popular. An ensemble does if a member does.</summary>
    public bool FoldsIn { get; init; } = true;

    /// <summary>Whether it ranks an item that nobody has touched by what is known of it; if not, such an item waits for interactions.</summary>
    public bool ScoresNewItems { get; init; }

    /// <summary>Whether it reads what is known of events.</summary>
    public bool ReadsContext { get; init; }

    /// <summary>How many events some user must have for it to learn anything.</summary>
    public int LeastHistory { get; init; } = 1;

    /// <summary>Whether it predicts ratings rather than ranks.</summary>
    public bool PredictsRatings { get; init; }

    /// <summary>The formula that tells so many classes of images of a shape; null for a model of interactions.</summary>
    public Func<Shape, int, IClassifier>? Classifies { get; init; }

    /// <summary>The same kind, where only models of interactions make sense.</summary>
    /// <exception cref="UsageException">It tells classes of images.</exception>
    public ModelKind OfInteractions => Classifies is null ? this
        : throw new UsageException($"{Name} tells classes of images and ranks nothing; it can be trained, attacked and hardened, and for all else choose bpr.");

    /// <summary><see cref="Classifies"/>, where only classifiers make sense.</summary>
    /// <exception cref="UsageException">It is a model of interactions.</exception>
    public Func<Shape, int, IClassifier> OfImages =>
        Classifies ?? throw new UsageException($"{Name} is learned from interactions and tells no classes; give a run of mlp-classifier.");

    /// <summary>The keys of the settings that decide the model and its training.</summary>
    public IReadOnlySet<string> Reads(Making making) => making.Settings.ReadBy(settings =>
    {
        if (Classifies is not null) TrainingJob.Prepare(settings);
        Learning?.Prepare(making with { Settings = settings });
        Remembers?.Invoke(making with { Settings = settings }, CancellationToken.None);
        foreach (var setting in Ensemble?.Settings ?? []) settings.Check(setting);
    });

    public override string ToString() => Name;
}
