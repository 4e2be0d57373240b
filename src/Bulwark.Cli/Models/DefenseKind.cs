using Bulwark.Attacks;
using Bulwark.Cli.Settings;
using Bulwark.Defenses;
using Bulwark.Generative;
using Bulwark.Training;

namespace Bulwark.Cli.Models;

/// <summary>What a defense needs of a model beside an objective.</summary>
internal enum DefenseNeed
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Answers that can be compared.</summary>
    Answers,

    /// <summary>Labels.</summary>
    Labels,

    /// <summary>Inputs that can be mixed.</summary>
    Inputs,

    /// <summary>Histories.</summary>
    Histories,

    /// <summary>Classes that can be taught.</summary>
    Classes,

    /// <summary>One kind of rows that a generator can move.</summary>
    Rows,
}

/// <summary>How a defense goes on through its epochs.</summary>
internal enum DefenseCourse
{
    /// <summary>At one ε; for classifiers, whose nets a sudden large ε may break, in four stages of growing ε.</summary>
    Straight,

    /// <summary>In four stages of growing ε.</summary>
    Growing,

    /// <summary>In rounds, until the validation figure withstands the attack.</summary>
    Rounds,

    /// <summary>In rounds whose ε follows what the attack still takes.</summary>
    AdaptiveRounds,
}

/// <summary>A defense that the command can train with.</summary>
/// <param name="Name">As after <c>--defense</c>.</param>
/// <param name="Of">The defense, of an attack, the threat and λ; null where it is made of what it <see cref="Needs"/>.</param>
internal sealed record DefenseKind(string Name, Func<IAttack, Threat, float, IDefense>? Of)
{
    private const int TradesSteps = 5, FreeReplays = 4;
    private const float Smoothing = 0.1f, Replaced = 0.3f;

    /// <summary>Whether it has a λ.</summary>
    public bool HasWeight { get; init; }

    /// <summary>Whether an attack of one's choice moves its examples.</summary>
    public bool HasAttack { get; init; }

    /// <summary>Whether it has an ε.</summary>
    public bool HasEpsilon { get; init; } = true;

    /// <summary>What it needs of a model.</summary>
    public DefenseNeed Needs { get; init; }

    /// <summary>How it goes on.</summary>
    public DefenseCourse Course { get; init; }

    /// <summary>Steps on each batch in turn, at as many times fewer epochs.</summary>
    public int Replays { get; init; } = 1;

    /// <summary>Whether rounds are measured on validation data.</summary>
    public bool IsMeasured => Course is DefenseCourse.Rounds or DefenseCourse.AdaptiveRounds;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DefenseKind> All { get; } =
    [
        Adversarial("adversarial", DefenseCourse.Straight),
        new("min-max", (attack, threat, _) => new WorstCaseTraining(attack, threat)) { HasAttack = true },
        Adversarial("multi-stage", DefenseCourse.Growing), Adversarial("iterated", DefenseCourse.Rounds), Adversarial("adaptive", DefenseCourse.AdaptiveRounds),
        new("fast", (_, threat, _) => new WorstCaseTraining(new RandomStep(), threat)),
        new("free", (_, threat, _) => new FreeTraining(threat)) { Replays = FreeReplays },
        new("freelb", (_, threat, _) => new FreeLb(threat)),
        new("trades", null) { Needs = DefenseNeed.Answers, HasWeight = true },
        new("gradient-penalty", (_, threat, weight) => new GradientPenalty(weight, [.. threat.Variables])) { HasWeight = true },
        new("label-smoothing", null) { Needs = DefenseNeed.Labels, HasEpsilon = false },
        new("mixup", null) { Needs = DefenseNeed.Inputs, HasEpsilon = false },
        new("distillation", null) { Needs = DefenseNeed.Classes, HasEpsilon = false },
        new("worst-replacements", null) { Needs = DefenseNeed.Histories, HasWeight = true, HasEpsilon = false },
        new("generative", null) { Needs = DefenseNeed.Rows, HasWeight = true },
    ];

    /// <summary>The names, for help and complaints.</summary>
    public static string Names => string.Join(", ", All.Select(kind => kind.Name));

    /// <summary>The hardened objective; null where the model has not what the defense needs.</summary>
    public Objective<TBatch>? Harden<TBatch>(Hardenable<TBatch> model, IAttack attack, Threat threat, float weight, MoveGenerator? moves) => Needs switch
    {
        DefenseNeed.Nothing => Of!(attack, threat, weight).Harden(model.Plain),
        DefenseNeed.Answers when model.Outputs is { } outputs => new Trades<TBatch>(outputs, Trades.Search(TradesSteps), threat, weight).Harden(model.Plain),
        DefenseNeed.Labels => model.Smoothed?.Invoke(Smoothing),
        DefenseNeed.Inputs => model.Mixed,
        DefenseNeed.Histories => model.Replaced?.Invoke(Replaced, weight),
        DefenseNeed.Rows when moves is not null => new GenerativeTraining(moves, threat, weight).Harden(model.Plain),
        _ => null,
    };

    /// <summary>The complaint about a model that has not what the defense needs.</summary>
    public UsageException Misfit(ModelKind model) => new($"'{Name}' " + Needs switch
    {
        DefenseNeed.Answers => $"compares what a model answers clean and moved, and {model} is learned from something else",
        DefenseNeed.Labels => $"smooths labels, and {model} is learned from examples that have none",
        DefenseNeed.Inputs => $"mixes inputs, and the rows of {model} are none",
        DefenseNeed.Classes => $"teaches classes of images, and {model} tells none",
        DefenseNeed.Histories => $"replaces items in histories that a model reads place by place, and {model} reads none",
        _ => $"learns moves of one kind of rows, and those of {model} that move are of several; for vbpr, add --attack-on features",
    } + $"; use one of {string.Join(", ", All.Where(kind => kind.Needs == DefenseNeed.Nothing).Select(kind => kind.Name))}.");

    /// <summary>What this defense cannot use is refused, not ignored.</summary>
    /// <exception cref="UsageException">λ, ε, an attack or a measure of rounds is set, and the defense has none.</exception>
    public static void Check(Resolved settings)
    {
        var (kind, model) = (settings.Get(Known.Defense), settings.Get(Known.Model));
        if (!kind.HasWeight && IsSet(Known.HardenWeight))
            throw new UsageException($"'{kind.Name}' has no λ; leave {Known.HardenWeight.Key} out.");
        if (!kind.HasEpsilon && IsSet(Known.HardenEpsilon))
            throw new UsageException($"'{kind.Name}' moves nothing by ε; leave {Known.HardenEpsilon.Key} out.");
        if (!kind.HasAttack && IsSet(Known.HardenAttack))
            throw new UsageException($"'{kind.Name}' makes its moves itself; leave {Known.HardenAttack.Key} out, or choose adversarial or min-max.");
        if (!kind.IsMeasured && (IsSet(Known.HardenRounds) || IsSet(Known.HardenTarget)))
            throw new UsageException($"'{kind.Name}' has no rounds; leave {Known.HardenRounds.Key} and {Known.HardenTarget.Key} out, or choose iterated or adaptive.");
        if (kind.IsMeasured && model.PredictsRatings)
            throw new UsageException($"'{kind.Name}' asks what share of a figure is lost, and {model} has errors; choose multi-stage.");
        if (kind.Course == DefenseCourse.Growing && model.Classifies is not null)
            throw new UsageException($"Every defense of {model} has stages of growing ε, so 'multi-stage' adds nothing; choose adversarial.");

        bool IsSet(Setting setting) => settings.Origin(setting).Value != model.Defaults.GetValueOrDefault(setting.Key, setting.Default);
    }

    /// <summary>By name.</summary>
    public static DefenseKind Parse(string text) => Settings.Parse.Word("defense", [.. All.Select(kind => (kind.Name, kind))])(text);

    private static DefenseKind Adversarial(string name, DefenseCourse course) =>
        new(name, (attack, threat, weight) => new AdversarialTraining(attack, threat, weight)) { HasWeight = true, HasAttack = true, Course = course };
}
