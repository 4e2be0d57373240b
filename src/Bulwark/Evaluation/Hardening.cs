using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Defenses;
using Bulwark.Models;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Evaluation;

/// <summary>Settings of <see cref="Hardening"/>.</summary>
public sealed record HardeningOptions
{
    /// <summary>Where plain training starts, such as the rows of a closed form; without it at the model's own start.</summary>
    public Func<Point>? Start { get; init; }

    /// <summary>Epochs of plain training before the ways part; with a <see cref="Start"/> there may be none.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Epochs after that: hardened, or plain for the control.</summary>
    public int HardenEpochs { get; init; } = 40;

    /// <summary>Triples in a batch.</summary>
    public int Batch { get; init; } = 512;

    /// <summary>How negatives are drawn.</summary>
    public NegativeSampling Negatives { get; init; } = NegativeSampling.Uniform;

    /// <summary>ε of the training attack; a length, or a share where <see cref="Relative"/> is set.</summary>
    public float Epsilon { get; init; } = 0.3f;

    /// <summary>Whether <see cref="Epsilon"/> is a share of each table's mean row norm at the end of plain training.</summary>
    public bool Relative { get; init; } = true;

    /// <summary>What the training attack moves: the tables, or the features of items (AMR: Tang et al. 2020).</summary>
    public Func<IModel, IReadOnlyList<Variable>> Moved { get; init; } = static model => model.Tables;

    /// <summary>λ, the weight of the attacked loss.</summary>
    public float Weight { get; init; } = 1;

    /// <summary>The training attack.</summary>
    public IAttack Attack { get; init; } = GradientAscent.Fgsm;

    /// <summary>The defense, of the threat and λ; null for <see cref="AdversarialTraining"/> with <see cref="Attack"/>.</summary>
    public Func<Threat, float, IDefense>? Defense { get; init; }

    /// <summary>The optimizer and the rest.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Names of the three models.</summary>
    public (string Plain, string Long, string Hardened) Names { get; init; } = ("bpr", "bpr-long", "apr");
}

/// <summary>One of the three models of a hardening, and how it was trained.</summary>
/// <param name="Contender">The trained model.</param>
/// <param name="Curve">All its epochs, those before the ways parted included.</param>
public sealed record HardenedModel(Contender Contender, IReadOnlyList<EpochRecord> Curve)
{
    /// <summary>What the rounds of its training came to; empty where it had none.</summary>
    public IReadOnlyList<HardeningRound> Rounds { get; init; } = [];
}

/// <summary>
/// The main experiment: a model trained plainly; the same trained on with the defense; and the control, the same trained on as long
/// without it. All three share their first epochs to the bit, optimizer state included.
/// </summary>
public static class Hardening
{
    /// <summary>Trains the three models for a seed on triples, by BPR.</summary>
    /// <param name="train">Training interactions.</param>
    /// <param name="create">Makes the model; called once.</param>
    /// <param name="options">Settings.</param>
    /// <param name="seed">Drives the start, the batches and the attacks.</param>
    /// <param name="validate">A figure of the model at a point, for the curves and early stopping.</param>
    /// <param name="progress">Hears the model's name and how far its training is.</param>
    /// <param name="cancel">Stops after the present step.</param>
    public static IReadOnlyList<HardenedModel> Run(
        Interactions train, Func<IPairModel> create, HardeningOptions options, ulong seed, Func<IModel, Point, double>? validate = null,
        IProgress<(string Model, TrainingProgress Training)>? progress = null, CancellationToken cancel = default)
    {
        var (rng, model) = (new Rng(seed), create());
        var plain = Objectives.Bpr(model);
        var source = new TripleSource(train, options.Batch, rng.Fork("batches"), options.Negatives);
        return Run(model, source, plain, AttackedLoss(train, plain, rng), options, seed, validate, progress, cancel);
    }

    /// <summary>Trains the three models for a seed, on batches of any kind.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">Where its batches come from.</param>
    /// <param name="plain">What it is trained with before and without the defense.</param>
    /// <param name="attacked">The loss that attackers of whole tables make large.</param>
    /// <param name="options">Settings; batch and negatives are the source's.</param>
    /// <param name="seed">Drives the start and the attacks.</param>
    /// <param name="validate">A figure of the model at a point, for the curves and early stopping.</param>
    /// <param name="progress">Hears the model's name and how far its training is.</param>
    /// <param name="cancel">Stops after the present step.</param>
    /// <param name="hardened">The hardened way, of the point where the ways part; without it the defense of the options in one stage.</param>
    public static IReadOnlyList<HardenedModel> Run<TBatch>(
        IModel model, IBatchSource<TBatch> source, Objective<TBatch> plain, Loss attacked, HardeningOptions options, ulong seed,
        Func<IModel, Point, double>? validate = null, IProgress<(string Model, TrainingProgress Training)>? progress = null,
        CancellationToken cancel = default, Func<Point, HardenedWay<TBatch>>? hardened = null) where TBatch : IBatch
    {
        Func<Point, double>? figure = validate is null ? null : at => validate(model, at);
        return
        [
            .. Run(rng => options.Start?.Invoke() ?? model.Start(rng), source, plain, hardened ?? OneStage, options, seed, figure, progress, cancel)
                .Select(trained => new HardenedModel(new(trained.Name, model, trained.At, attacked), trained.Curve) { Rounds = trained.Rounds }),
        ];

        HardenedWay<TBatch> OneStage(Point first)
        {
            var threat = ThreatOf(model, options, options.Epsilon, first);
            var defense = options.Defense?.Invoke(threat, options.Weight) ?? new AdversarialTraining(options.Attack, threat, options.Weight);
            return new(new Stage<TBatch>(options.Names.Hardened, options.HardenEpochs, defense.Harden(plain)));
        }
    }

    /// <summary>What the training attack may move at a radius; a relative one is a share of the mean row norms at a point.</summary>
    public static Threat ThreatOf(IModel model, HardeningOptions options, float epsilon, Point first)
    {
        var threat = new Threat(new L2Ball(epsilon), options.Moved(model));
        return options.Relative ? threat.RelativeTo(first) : threat;
    }

    /// <summary>The three trainings of whatever is trained in steps.</summary>
    /// <param name="start">Where plain training starts.</param>
    /// <param name="source">Where batches come from.</param>
    /// <param name="plain">What is made small before the ways part, and by the control.</param>
    /// <param name="hardened">The hardened way, of the point where the ways part.</param>
    /// <param name="options">Epochs, the optimizer and the names.</param>
    /// <param name="seed">Drives the start and the attacks.</param>
    /// <param name="validate">A figure of a point, for the curves and early stopping.</param>
    /// <param name="progress">Hears the model's name and how far its training is.</param>
    /// <param name="cancel">Stops after the present step.</param>
    /// <returns>Plain, as long, and hardened.</returns>
    public static IReadOnlyList<HardenedTraining> Run<TBatch>(
        Func<Rng, Point> start, IBatchSource<TBatch> source, Objective<TBatch> plain, Func<Point, HardenedWay<TBatch>> hardened,
        HardeningOptions options, ulong seed, Func<Point, double>? validate, IProgress<(string Model, TrainingProgress Training)>? progress,
        CancellationToken cancel) where TBatch : IBatch
    {
        var (rng, names) = (new Rng(seed), options.Names);
        var first = Trainer(names.Plain, 1, new Stage<TBatch>(names.Plain, options.Epochs, plain)).Run(start(rng.Fork("start")), rng, validate, Told(names.Plain), cancel);
        var longer = Trainer(names.Long, 1, new Stage<TBatch>(names.Long, options.HardenEpochs, plain))
            .Continue(first, rng, validate, Told(names.Long), cancel);
        var way = hardened(first.At);
        IReadOnlyList<HardeningRound> rounds = [];
        var robust = first with { Curve = [] };
        if (way.Rounds is { } turns) (robust, rounds, _) = turns.Loop.Run(robust, (from, done) => Joined(from, Hardened(from, $"-{done.Count}", turns.Next(done))), turns.Measure);
        else robust = Hardened(first.With(way.Beside), "", [.. way.Stages]);
        var at = new Point([.. first.At.Variables.ToArray().Select(variable => (variable, robust.At[variable]))]);
        return
        [
            new(names.Plain, first.At, first.Curve), new(names.Long, longer.At, Joined(first, longer).Curve),
            new(names.Hardened, at, Joined(first, robust).Curve) { Rounds = rounds },
        ];

        TrainingResult Hardened(TrainingResult from, string round, params Stage<TBatch>[] stages) =>
            Trainer(names.Hardened + round, way.Replays, stages).Continue(from, rng, validate, Told(names.Hardened), cancel);

        Trainer<TBatch> Trainer(string name, int replays, params Stage<TBatch>[] stages) => new(source, stages, options.Training with
        {
            Checkpoint = options.Training.Checkpoint is { } path ? $"{path}-{name}-{seed}.safetensors" : null,
            Replays = replays,
        });

        IProgress<TrainingProgress>? Told(string name) => progress is null ? null : new Relay(training => progress.Report((name, training)));
    }

    /// <summary>The loss an attacker of whole tables makes large: all training triples at once, one fixed negative each.</summary>
    public static Loss AttackedLoss(Interactions train, Objective<Triples> objective, Rng rng) =>
        AttackedLoss(new TripleSource(train, train.Count, rng.Fork("attacked")), objective);

    /// <summary>The same on the first batch of a source, without dropout.</summary>
    public static Loss AttackedLoss<TBatch>(IBatchSource<TBatch> source, Objective<TBatch> objective) where TBatch : IBatch
    {
        var batch = source.Create();
        source.Fill(batch, 0);
        return objective(batch, null);
    }

    private static TrainingResult Joined(TrainingResult first, TrainingResult then) => then with
    {
        Curve = [.. first.Curve, .. then.Curve.Select(epoch => epoch with { Epoch = epoch.Epoch + first.Curve.Count })],
    };

    /// <summary>Unlike <see cref="Progress{T}"/>, it reports on the caller's thread, in order.</summary>
    private sealed class Relay(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }
}
