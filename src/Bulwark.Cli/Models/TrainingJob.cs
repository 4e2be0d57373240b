using System.Diagnostics;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Cli.Models;

/// <summary>A training to be done.</summary>
/// <param name="Options">The optimizer and the checkpoint.</param>
/// <param name="Seed">The source of chance.</param>
/// <param name="Validate">The figure for early stopping; null without.</param>
/// <param name="Progress">Hears how far it is.</param>
/// <param name="Cancel">Stops it.</param>
internal sealed record TrainingJob(
    TrainingOptions Options, ulong Seed, Func<Point, double>? Validate, IProgress<TrainingProgress> Progress, CancellationToken Cancel)
{
    /// <summary>The trained model to start from; null to start from nothing.</summary>
    public SavedModel? From { get; init; }

    /// <summary>Progress of what is worked out in so many rounds.</summary>
    public IProgress<int> Rounds(int rounds) => new RoundsDone(Progress, rounds);

    /// <summary>Reads what the training of every model in steps reads.</summary>
    public static void Prepare(Resolved settings)
    {
        settings.Get(Known.Batch);
        Scheduled(OptionsOf(settings, null), settings, settings.Get(Known.Epochs), 1);
    }

    /// <summary>The trainer's options.</summary>
    /// <param name="settings">Every setting.</param>
    /// <param name="checkpoint">Where to save; null nowhere.</param>
    /// <param name="errors">Whether validation measures errors.</param>
    public static TrainingOptions OptionsOf(Resolved settings, string? checkpoint, bool errors = false) => new()
    {
        Rule = settings.Get(Known.Optimizer)((float)settings.Get(Known.Rate)),
        L1 = (float)settings.Get(Known.L1),
        L2 = (float)settings.Get(Known.L2),
        ClipNorm = settings.Get(Known.Clip) is > 0 and var norm ? (float)norm : float.PositiveInfinity,
        LowerIsBetter = errors,
        Patience = settings.Get(Known.Patience),
        ValidateEvery = settings.Get(Known.Patience) > 0 ? 1 : 0,
        Averaging = settings.Get(Known.Average) is > 0 and var decay ? new(settings.Get(Known.AverageAfter), (float)decay) : null,
        Checkpoint = checkpoint,
        Resume = checkpoint is not null,
        Ahead = (settings.Get(Known.Threads) ?? Environment.ProcessorCount) > 1,
    };

    /// <summary>The same with the learning rate's course over all epochs.</summary>
    public static TrainingOptions Scheduled(TrainingOptions options, Resolved settings, int epochs, int stepsPerEpoch)
    {
        var steps = (long)epochs * stepsPerEpoch;
        var (cosine, rise) = (settings.Get(Known.Cosine), (long)(settings.Get(Known.WarmUp) * steps));
        var course = cosine ? Schedules.Cosine(steps) : Schedules.Constant;
        return options with { Schedule = rise > 0 ? Schedules.WarmUp(rise).Times(course) : course };
    }

    private sealed class RoundsDone(IProgress<TrainingProgress> progress, int rounds) : IProgress<int>
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        public void Report(int value) => progress.Report(new(
            "", value, rounds, double.NaN, 0, Stopwatch.GetElapsedTime(_start) / Math.Max(value, 1) * (rounds - value), null));
    }
}
