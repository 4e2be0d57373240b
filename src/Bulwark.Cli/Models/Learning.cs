using Bulwark.Attacks;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Defenses.Privacy;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Cli.Models;

/// <summary>What a model is made from.</summary>
/// <param name="Settings">Its shape.</param>
/// <param name="Train">What it learns from; of a saved model, the users and items in order, without values and times.</param>
/// <param name="Mean">The mean rating, for a model of ratings.</param>
internal sealed record Making(Resolved Settings, Interactions Train, float Mean)
{
    /// <summary>What is known of users and items; of a saved model, what it keeps of that.</summary>
    public Facts Facts { get; init; } = Facts.None;

    /// <summary>Hears how far an encoder of texts is that a model needs to learn first.</summary>
    public IProgress<TrainingProgress>? Encoding { get; init; }

    /// <summary>What a kind of model is made from, with the mean rating if it is one of ratings.</summary>
    public static Making Of(Resolved settings, Interactions train, ModelKind kind)
    {
        var sum = 0.0;
        if (kind.PredictsRatings) foreach (var value in train.Value) sum += value;
        return new(settings, train, kind.PredictsRatings ? (float)(sum / train.Count) : 0);
    }
}

/// <summary>How a model with weights is made, gets its values, and is attacked.</summary>
internal abstract class Learning
{
    /// <summary>What rounds of hardening are measured under.</summary>
    public static readonly IAttack Judging = GradientAscent.Pgd(10);

    /// <summary>The formula.</summary>
    public abstract IModel Create(Making making);

    /// <summary>Whether it is trained in steps, which a defense can harden.</summary>
    public abstract bool InSteps { get; }

    /// <summary>The complaint about a model that cannot be hardened.</summary>
    public static UsageException NoHardening(ModelKind kind) => new(
        $"{kind} has no training in steps that could be hardened; choose one of {ModelKinds.Named(other => other.Learning is { InSteps: true })}.");

    /// <summary>Everything up to the first step, so that every setting of the model and its training is read.</summary>
    public abstract void Prepare(Making making);

    /// <summary>Its values.</summary>
    public abstract TrainingResult Train(IModel model, Making making, TrainingJob job);

    /// <summary>Plain, as long, and hardened: see <see cref="Hardening"/>.</summary>
    /// <exception cref="UsageException">The model has no gradient training that could be hardened.</exception>
    public abstract IReadOnlyList<HardenedModel> Harden(
        IModel model, Making making, HardeningOptions options, ulong seed, Func<IModel, Point, double>? validate,
        IProgress<(string Model, TrainingProgress Training)> progress, CancellationToken cancel);

    /// <summary>The loss that an attacker of its tables makes large; null if there is none.</summary>
    public abstract Loss? Attacked(IModel model, Making making, Rng rng);

    /// <summary>What private training gives away; null if the settings ask for none.</summary>
    /// <exception cref="UsageException">They ask for what there is no training for.</exception>
    public virtual RenyiAccountant? Accountant(Making making) => making.Settings.Get(Known.Privacy) is null ? null : throw NoPrivacy(making.Settings);

    /// <summary>The complaint about a model that cannot be trained privately.</summary>
    public static UsageException NoPrivacy(Resolved settings) =>
        new($"{settings.Get(Known.Model)} has no training whose unit is the user, so --privacy cannot protect it; choose bpr with its own loss, mult-dae or mult-vae.");

    /// <summary>A model that is trained in steps. Attackers make its own objective large.</summary>
    /// <param name="create">Makes the formula.</param>
    /// <param name="source">Its batches, of at most so many examples.</param>
    /// <param name="objective">What is made small.</param>
    /// <param name="attackedExamples">How many examples the attacked loss looks at; all of them unless that would need too much memory.</param>
    /// <param name="users">The examples of each user apart, for private training; null where the loss mixes users.</param>
    /// <param name="local">The variables whose rows stay with their users under private training.</param>
    /// <param name="hardenable">What defenses can use of it beside its objective; null for nothing.</param>
    public static Learning Of<TModel, TBatch>(
        Func<Making, TModel> create, Func<TModel, Making, int, Rng, IBatchSource<TBatch>> source, Func<TModel, Objective<TBatch>> objective,
        int attackedExamples = int.MaxValue, Func<Making, UserExamples<TBatch>>? users = null, Func<TModel, IReadOnlyList<Variable>>? local = null,
        Func<TModel, Making, Objective<TBatch>, Hardenable<TBatch>>? hardenable = null)
        where TModel : IModel where TBatch : IBatch => Of(create, source, (model, _) => objective(model), attackedExamples, users, local, hardenable);

    /// <summary>The same, where what is made small is a choice of the settings.</summary>
    public static Learning Of<TModel, TBatch>(
        Func<Making, TModel> create, Func<TModel, Making, int, Rng, IBatchSource<TBatch>> source, Func<TModel, Making, Objective<TBatch>> objective,
        int attackedExamples = int.MaxValue, Func<Making, UserExamples<TBatch>>? users = null, Func<TModel, IReadOnlyList<Variable>>? local = null,
        Func<TModel, Making, Objective<TBatch>, Hardenable<TBatch>>? hardenable = null) where TModel : IModel where TBatch : IBatch =>
        new Stepwise<TModel, TBatch>(create, source, objective, attackedExamples, users, local, hardenable ?? ((_, _, plain) => new(plain)));

    /// <summary>One of several ways to learn in steps, by the settings.</summary>
    public static Learning Chosen(Func<Making, Learning> way) => new ByChoice(way);

    /// <summary>A model whose values are worked out at once.</summary>
    /// <param name="create">Makes the formula.</param>
    /// <param name="fit">Its values. It is told the seed, hears when to stop, and may say how far it is.</param>
    /// <param name="attacked">The loss that an attacker of its tables makes large; null if there is none.</param>
    public static Learning Fitted<TModel>(
        Func<Making, TModel> create, Func<TModel, Making, TrainingJob, Point> fit, Func<TModel, Making, Rng, Loss>? attacked = null) where TModel : IModel =>
        new AtOnce<TModel>(create, fit, attacked);

    private sealed class ByChoice(Func<Making, Learning> way) : Learning
    {
        public override bool InSteps => true;                // the choice is one of losses

        public override IModel Create(Making making) => way(making).Create(making);

        public override void Prepare(Making making) => way(making).Prepare(making);

        public override TrainingResult Train(IModel model, Making making, TrainingJob job) => way(making).Train(model, making, job);

        public override IReadOnlyList<HardenedModel> Harden(
            IModel model, Making making, HardeningOptions options, ulong seed, Func<IModel, Point, double>? validate,
            IProgress<(string Model, TrainingProgress Training)> progress, CancellationToken cancel) =>
            way(making).Harden(model, making, options, seed, validate, progress, cancel);

        public override Loss? Attacked(IModel model, Making making, Rng rng) => way(making).Attacked(model, making, rng);

        public override RenyiAccountant? Accountant(Making making) => way(making).Accountant(making);
    }

    private sealed class Stepwise<TModel, TBatch>(
        Func<Making, TModel> create, Func<TModel, Making, int, Rng, IBatchSource<TBatch>> source, Func<TModel, Making, Objective<TBatch>> objective,
        int attackedExamples, Func<Making, UserExamples<TBatch>>? users, Func<TModel, IReadOnlyList<Variable>>? local,
        Func<TModel, Making, Objective<TBatch>, Hardenable<TBatch>> hardenable) : Learning
        where TModel : IModel where TBatch : IBatch
    {
        public override bool InSteps => true;

        public override IModel Create(Making making) => create(making);

        public override void Prepare(Making making)
        {
            Accountant(making);
            var model = create(making);
            Batches(model, making, new Rng(0));
            objective(model, making);
            TrainingJob.Prepare(making.Settings);
        }

        public override TrainingResult Train(IModel model, Making making, TrainingJob job)
        {
            var (formula, rng) = ((TModel)model, new Rng(job.Seed));
            var (start, plan) = (model.Start(rng.Fork("start")), objective(formula, making));
            if (job.From is { } earlier)
            {
                var transfer = earlier.CarriedOver(start, making.Train);
                (start, plan) = (transfer.At, making.Settings.Get(Known.Freeze) ? plan.Freezing(transfer.Kept) : plan);
            }
            return Accountant(making) is { } accountant
                ? Run(Users(making, rng), Private(formula, making, accountant).Of(plan)) : Run(Batches(formula, making, rng), plan);

            TrainingResult Run<T>(IBatchSource<T> batches, Objective<T> goal) where T : IBatch
            {
                var stage = new Stage<T>(making.Settings.Get(Known.Model).Name, making.Settings.Get(Known.Epochs), goal);
                var options = TrainingJob.Scheduled(job.Options, making.Settings, stage.Epochs, batches.StepsPerEpoch);
                return new Trainer<T>(batches, [stage], options).Run(start, rng, job.Validate, job.Progress, job.Cancel);
            }
        }

        public override RenyiAccountant? Accountant(Making making)
        {
            if (users is null || making.Settings.Get(Known.Privacy) is not { } budget) return base.Accountant(making);
            if (making.Settings.Get(Known.Patience) > 0)
                throw new UsageException("Early stopping looks at users whom --privacy protects; leave train.patience at 0 and choose the number of epochs elsewhere.");
            var (source, epochs) = (Users(making, new Rng(0)), making.Settings.Get(Known.Epochs));
            return epochs == 0 ? new(source.Share, 0, 0) : RenyiAccountant.For(budget.Epsilon, budget.Delta, source.Share, (long)epochs * source.StepsPerEpoch);
        }

        private PoissonSource<TBatch> Users(Making making, Rng rng)
        {
            var examples = users!(making);
            return new(examples, Math.Min(1, (double)making.Settings.Get(Known.Batch) / examples.Count), rng.Fork("batches"));
        }

        private DpSgd Private(TModel model, Making making, RenyiAccountant accountant) =>
            new((float)making.Settings.Get(Known.PrivacyClip), (float)accountant.Noise, (float)(accountant.Share * users!(making).Count))
            {
                Local = local?.Invoke(model) ?? [],
            };

        public override IReadOnlyList<HardenedModel> Harden(
            IModel model, Making making, HardeningOptions options, ulong seed, Func<IModel, Point, double>? validate,
            IProgress<(string Model, TrainingProgress Training)> progress, CancellationToken cancel)
        {
            if (making.Settings.Get(Known.Privacy) is not null) throw new UsageException("Hardening is not private; leave --privacy out, or use bulwark train.");
            var (formula, rng) = ((TModel)model, new Rng(seed));
            var batches = Batches(formula, making, rng);
            var training = TrainingJob.Scheduled(options.Training, making.Settings, options.Epochs + options.HardenEpochs, batches.StepsPerEpoch);
            options = options with { Training = training };
            var (plain, attacked, start) = (objective(formula, making), Attacked(model, making, rng), model.Start(new Rng(0)));
            var moved = options.Moved(model);
            var plan = new DefensePlan<TBatch>(
                making.Settings, options.Names.Hardened, hardenable(formula, making, plain), options.Attack,
                (epsilon, first) => Hardening.ThreatOf(model, options, epsilon, first))
            {
                Row = moved is [{ IsGiven: true } given] ? start[given].Shape.RowLength : null,
                Measure = at => (validate!(model, at), validate(model, at + Judging.Find(
                    attacked, at, Hardening.ThreatOf(model, options, options.Epsilon, at), rng.Fork("rounds")))),
                Teach = (_, _) => throw NoHardening(making.Settings.Get(Known.Model)),
            };
            plan.Demand(start);
            return Hardening.Run(model, batches, plain, attacked, options, seed, validate, progress, cancel, plan.From);
        }

        public override Loss Attacked(IModel model, Making making, Rng rng) =>
            Hardening.AttackedLoss(source((TModel)model, making, attackedExamples, rng.Fork("attacked")), objective((TModel)model, making));

        private IBatchSource<TBatch> Batches(TModel model, Making making, Rng rng) =>
            source(model, making, making.Settings.Get(Known.Batch), rng.Fork("batches"));
    }

    private sealed class AtOnce<TModel>(Func<Making, TModel> create, Func<TModel, Making, TrainingJob, Point> fit, Func<TModel, Making, Rng, Loss>? attacked)
        : Learning where TModel : IModel
    {
        public override bool InSteps => false;

        public override IModel Create(Making making) => create(making);

        public override void Prepare(Making making) => create(making);

        public override TrainingResult Train(IModel model, Making making, TrainingJob job) =>
            Accountant(making) is null && job.From is null ? new(fit((TModel)model, making, job), [], 0)
            : throw new UsageException($"{making.Settings.Get(Known.Model)} is worked out at once and has no start; leave --from out.");

        public override IReadOnlyList<HardenedModel> Harden(
            IModel model, Making making, HardeningOptions options, ulong seed, Func<IModel, Point, double>? validate,
            IProgress<(string Model, TrainingProgress Training)> progress, CancellationToken cancel) =>
            throw NoHardening(making.Settings.Get(Known.Model));

        public override Loss? Attacked(IModel model, Making making, Rng rng) => attacked?.Invoke((TModel)model, making, rng);
    }
}
