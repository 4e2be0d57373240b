using Bulwark.Attacks;
using Bulwark.Cli.Settings;
using Bulwark.Defenses;
using Bulwark.Evaluation;
using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Cli.Models;

/// <summary>The hardened way that the settings ask for.</summary>
/// <param name="settings">Every setting.</param>
/// <param name="name">What reports call the hardened model.</param>
/// <param name="model">What defenses can use of the model.</param>
/// <param name="attack">What moves training examples.</param>
/// <param name="threat">What may move at an ε, of the point where the ways part.</param>
internal sealed class DefensePlan<TBatch>(Resolved settings, string name, Hardenable<TBatch> model, IAttack attack, Func<float, Point, Threat> threat)
{
    private const double Gain = 2;                           // of an ε that follows what is lost
    private const float Range = 4;                           // it stays within ε/4 and 4ε
    private static readonly int[] Hidden = [64];             // of a generator of moves
    private static readonly float[] Quarters = [0.25f, 0.5f, 0.75f, 1];

    private readonly float _epsilon = (float)settings.Get(Known.HardenEpsilon), _weight = (float)settings.Get(Known.HardenWeight);
    private readonly int _epochs = settings.Get(Known.HardenEpochs);

    private DefenseKind Kind => settings.Get(Known.Defense);

    /// <summary>Whether ε always grows.</summary>
    public bool Grows { get; init; }

    /// <summary>The shape of what a generator moves; null where rows that are learned move.</summary>
    public Shape? Row { get; init; }

    /// <summary>What the trainer does with an objective, such as bringing a batch's inputs.</summary>
    public Func<Objective<TBatch>, Objective<TBatch>> Bring { get; init; } = static objective => objective;

    /// <summary>A figure without and under attack on validation data, for rounds.</summary>
    public required Func<Point, (double Clean, double Attacked)> Measure { get; init; }

    /// <summary>Trains on from a point, for a teacher.</summary>
    public required Func<Point, Stage<TBatch>, Point> Teach { get; init; }

    /// <summary>Complains about a model that has not what the defense needs, before anything is trained.</summary>
    /// <exception cref="UsageException">It has not.</exception>
    public void Demand(Point start)
    {
        if (Kind.Needs == DefenseNeed.Classes ? model.Distilled is null : Hardened(_epsilon, start, Moves) is null) throw Misfit;
    }

    /// <summary>The hardened way from a point.</summary>
    public HardenedWay<TBatch> From(Point first)
    {
        if (Kind.Needs == DefenseNeed.Classes) return Distilled(first);
        var (moves, epochs) = (Moves, Math.Max(Math.Min(1, _epochs), _epochs / Kind.Replays));
        if (Kind.IsMeasured)
        {
            var (target, rounds) = (settings.Get(Known.HardenTarget), settings.Get(Known.HardenRounds));
            var strength = new AdaptiveStrength(_epsilon, target, Kind.Course == DefenseCourse.AdaptiveRounds ? Gain : 0, _epsilon / Range, _epsilon * Range);
            return new() { Rounds = new(new(target, rounds), done => Stage(Math.Max(Math.Min(1, _epochs), _epochs / rounds), strength.After(done)), Measure) };
        }
        var grows = Kind.HasEpsilon && (Grows || Kind.Course == DefenseCourse.Growing);
        IReadOnlyList<Stage<TBatch>> stages = grows
            ? MultiStage.Of(epochs, [.. Quarters.Select(part => part * _epsilon)], epsilon => Objective(epsilon))
            : [Stage(epochs, _epsilon)];
        return new(stages) { Replays = Kind.Replays, Beside = moves is null ? new() : moves.Start(new Rng(settings.Get(Known.Seeds)[0]).Fork("moves")) };

        Stage<TBatch> Stage(int count, float epsilon) => new(name, count, Objective(epsilon));

        Objective<TBatch> Objective(float epsilon) => Bring(Hardened(epsilon, first, moves) ?? throw Misfit);
    }

    /// <summary>A generator of moves, where the defense has one and inputs move.</summary>
    private MoveGenerator? Moves => Kind.Needs == DefenseNeed.Rows && Row is { } row ? new(row, Hidden) : null;

    private UsageException Misfit => Kind.Misfit(settings.Get(Known.Model));

    private Objective<TBatch>? Hardened(float epsilon, Point first, MoveGenerator? moves) => Kind.Harden(model, attack, threat(epsilon, first), _weight, moves);

    private HardenedWay<TBatch> Distilled(Point first)
    {
        var (teacher, student) = model.Distilled ?? throw Misfit;
        return new(new Stage<TBatch>(name, _epochs, Bring(student(Teach(first, new($"{name}-teacher", _epochs, Bring(teacher)))))));
    }
}
