using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative;

/// <summary>
/// The one loop for two players: each batch is a step of the critic, and every so many batches a step of the generator follows. What differs between
/// networks is the game.
/// </summary>
/// <param name="source">Where batches come from.</param>
/// <param name="game">Both objectives.</param>
/// <param name="options">How.</param>
public sealed class GameTrainer<TBatch>(IBatchSource<TBatch> source, Game<TBatch> game, GameOptions options) where TBatch : IBatch
{
    /// <summary>Plays from a starting point. Equal arguments give equal bits, with any number of threads, paused and resumed or not.</summary>
    /// <param name="critic">The critic's starting values; copied.</param>
    /// <param name="generator">The generator's, other variables than the critic's; copied.</param>
    /// <param name="rng">Drives what is generated; batches have their source's.</param>
    /// <param name="measure">Measures samples at an epoch's end; null never, and then no collapse is seen.</param>
    /// <param name="progress">Hears how far training is, a few times a second: the critic's loss, the samples' coverage as validation, the rest in words.</param>
    /// <param name="cancel">Stops after the present step; the checkpoint is saved first.</param>
    /// <exception cref="TrainingException">A loss is not finite, no gradient reaches the generator, or the checkpoint is another game's.</exception>
    public GameResult Run(
        Point critic, Point generator, Rng rng, SampleMeasure? measure = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var steps = new TrainingRun(options.Epochs, source.StepsPerEpoch, Signature(critic, generator, rng));
        var run = new GameRun(steps, critic, generator, options);
        if (options is { Resume: true, Checkpoint: { } saved } && File.Exists(saved)) GameCheckpoint.Load(saved, run);
        using var batches = new Prefetch<TBatch>(source, steps.Step, steps.Steps, options.Ahead);
        var clock = new ProgressClock(progress, steps);
        while (steps.Step < steps.Steps)
        {
            var batch = batches.Next();
            run.Play(game, batch, batch.Count, rng.Fork("steps").Fork(run.Restarts).Fork(steps.Step));
            clock.Tell("game", run.Curve.LastOrDefault()?.InWords ?? "");
            if (steps.Step % steps.StepsPerEpoch == 0) EndEpoch(measure, rng.Fork("samples").Fork(steps.Epoch), run);
            if (!cancel.IsCancellationRequested) continue;
            Save(run);
            cancel.ThrowIfCancellationRequested();
        }
        return new(run.Result.Keep(), run.Critic.Optimizer.At.Keep(), run.Curve);
    }

    private void EndEpoch(SampleMeasure? measure, Rng rng, GameRun run)
    {
        using (Scope.Open()) run.EndEpoch(run.Steps.Epoch % options.MeasureEvery == 0 ? measure?.Invoke(run.Result, rng) : null);
        Save(run);
    }

    private void Save(GameRun run)
    {
        if (options.Checkpoint is { } path) GameCheckpoint.Save(path, run);
    }

    /// <summary>What must agree between a checkpoint and the game that resumes it.</summary>
    private string Signature(Point critic, Point generator, Rng rng)
    {
        var players = string.Join(" against ", new[] { critic, generator }.Select(player =>
            string.Join(", ", player.Variables.ToArray().Select(variable => $"{variable} {player[variable].Shape}"))));
        return $"{options with { Checkpoint = null, Resume = false, Ahead = false }}; {source.StepsPerEpoch} steps an epoch; {players}; stream {rng.State.Key:x16}";
    }
}
