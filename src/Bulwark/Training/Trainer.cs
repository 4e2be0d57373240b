using System.Diagnostics;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Training;

/// <summary>
/// The one training loop: batch, gradient, step. What differs between models, defenses and games is the objective; what differs between
/// plain, multi-stage and hardened training is the list of stages.
/// </summary>
/// <param name="source">Where batches come from.</param>
/// <param name="stages">What is made small, and for how long; at least one.</param>
/// <param name="options">How.</param>
public sealed class Trainer<TBatch>(IBatchSource<TBatch> source, IReadOnlyList<Stage<TBatch>> stages, TrainingOptions options) where TBatch : IBatch
{
    private readonly int _epochs = stages.Sum(stage => stage.Epochs);

    /// <summary>Trains from a starting point. Equal arguments give equal bits, with any number of threads, paused and resumed or not.</summary>
    /// <param name="start">Starting values; copied.</param>
    /// <param name="rng">Drives dropout and attacks; batches have their source's.</param>
    /// <param name="validate">A figure of a point, higher for better; it must not keep the point.</param>
    /// <param name="progress">Hears how far training is, a few times a second.</param>
    /// <param name="cancel">Stops after the present step; the checkpoint is saved first.</param>
    /// <exception cref="TrainingException">The loss is not finite, or the checkpoint is another training's.</exception>
    public TrainingResult Run(
        Point start, Rng rng, Func<Point, double>? validate = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default) =>
        Run(start, Snapshot.None, rng, validate, progress, cancel);

    /// <summary>Goes on where an earlier training ended, with its optimizer's state and the batches that follow: as if it had been one.</summary>
    /// <exception cref="TrainingException">As above.</exception>
    public TrainingResult Continue(
        TrainingResult earlier, Rng rng, Func<Point, double>? validate = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default) =>
        Run(earlier.At, earlier.End, rng, validate, progress, cancel);

    private TrainingResult Run(
        Point start, Snapshot from, Rng rng, Func<Point, double>? validate, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        var optimizer = new Optimizer(start, options.Rule) { Schedule = options.Schedule, L1 = options.L1, L2 = options.L2, ClipNorm = options.ClipNorm };
        if (from != Snapshot.None) optimizer.Restore(from.Entries, from.OptimizerSteps, from.New);
        var run = new TrainingRun(_epochs, source.StepsPerEpoch, Signature(start, from, rng)) { Mean = from.Mean };
        if (options is { Resume: true, Checkpoint: { } saved } && File.Exists(saved)) Checkpoint.Load(saved, optimizer, run);
        var (last, noise) = ((long)_epochs * source.StepsPerEpoch, rng.Fork("steps"));
        using var batches = new Prefetch<TBatch>(source, from.Step + run.Step, from.Step + last, options.Ahead);
        var clock = new ProgressClock(progress, run);
        while (run.Step < last && !run.Stopped)
        {
            var stage = StageOf(run.Epoch, out var first);
            if (stage.FreshState && first && run.Step % run.StepsPerEpoch == 0) optimizer.Forget();
            Step(batches.Next(), stage, optimizer, noise.Fork(from.Step + run.Step), run);
            clock.Tell(stage.Name);
            if (run.Step % run.StepsPerEpoch == 0) EndEpoch(stage, optimizer, validate, from.Step / run.StepsPerEpoch, run);
            if (!cancel.IsCancellationRequested) continue;
            Save(optimizer, run);
            cancel.ThrowIfCancellationRequested();
        }
        return new TrainingResult(run.Best ?? (run.Mean?.At ?? optimizer.At).Keep(), run.Curve, run.Best is null ? run.Epoch : run.BestEpoch)
        {
            End = new Snapshot(optimizer.Save(), optimizer.Steps, from.Step + run.Step, run.Mean),
        };
    }

    private void Step(TBatch batch, Stage<TBatch> stage, Optimizer optimizer, Rng rng, TrainingRun run)
    {
        using var scope = Scope.Open();
        var (loss, sum) = (stage.Objective(batch, rng), 0f);
        for (var replay = 0; replay < options.Replays; replay++) sum += Step(loss, optimizer, run);
        run.Count(sum / options.Replays, batch.Count);
    }

    private static float Step(Loss loss, Optimizer optimizer, TrainingRun run)
    {
        var (value, gradient) = Grad.Of(loss, optimizer.At);
        var number = value.Item();
        if (!float.IsFinite(number)) throw Divergence.Of(number, gradient, optimizer, run.Epoch, run.Step);
        optimizer.Step(gradient);
        return number;
    }

    private void EndEpoch(Stage<TBatch> stage, Optimizer optimizer, Func<Point, double>? validate, long earlier, TrainingRun run)
    {
        if (options.Averaging is { } how && earlier + run.Epoch > how.After) run.Mean = RunningMean.Of(run.Mean, optimizer.At, how);
        var at = run.Mean?.At ?? optimizer.At;
        var measured = validate is not null && options.ValidateEvery > 0 && run.Epoch % options.ValidateEvery == 0;
        double? validation = measured ? validate!(at) : null;
        run.EndEpoch(stage.Name, validation);
        var mayStop = options.Patience > 0 || double.IsFinite(options.MostDrop);
        if (mayStop && validation is { } figure && stage == stages[^1]) run.Judge(figure, at, options);
        Save(optimizer, run);
    }

    private void Save(Optimizer optimizer, TrainingRun run)
    {
        if (options.Checkpoint is { } path) Checkpoint.Save(path, optimizer, run);
    }

    private Stage<TBatch> StageOf(int epoch, out bool first)
    {
        foreach (var stage in stages)
        {
            first = epoch == 0;
            if (epoch < stage.Epochs) return stage;
            epoch -= stage.Epochs;
        }
        throw new UnreachableException();
    }

    /// <summary>What must agree between a checkpoint and the training that resumes it.</summary>
    private string Signature(Point start, Snapshot from, Rng rng)
    {
        var plan = string.Join(", ", stages.Select(stage => $"{stage.Name} × {stage.Epochs}"));
        var model = string.Join(", ", start.Variables.ToArray().Select(variable => $"{variable} {start[variable].Shape}"));
        var settings = $"L1 {options.L1}, L2 {options.L2}, clip norm {options.ClipNorm}, patience {options.Patience} by {options.ValidateEvery}" +
            $", most drop {options.MostDrop}, {options.Replays} replays, {options.Averaging?.ToString() ?? "no averaging"}" +
            (options.LowerIsBetter ? ", less is better" : "");
        return $"{plan}; {source.StepsPerEpoch} steps an epoch after {from.Step}; {model}; {options.Rule}, {settings}; stream {rng.State.Key:x16}";
    }
}
