using System.Diagnostics;

namespace Bulwark.Training;

/// <summary>Tells progress a few times a second.</summary>
internal sealed class ProgressClock(IProgress<TrainingProgress>? listener, TrainingRun run)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(200);
    private readonly (long Step, long Time) _start = (run.Step, Stopwatch.GetTimestamp());
    private long _told = Stopwatch.GetTimestamp();

    public void Tell(string stage, string note = "")
    {
        if (listener is null || run.Step < run.Steps && Stopwatch.GetElapsedTime(_told) < ReportEvery) return;
        _told = Stopwatch.GetTimestamp();
        var seconds = Stopwatch.GetElapsedTime(_start.Time).TotalSeconds;
        var stepRate = (run.Step - _start.Step) / Math.Max(seconds, 1e-9);
        listener.Report(new TrainingProgress(
            stage, (double)run.Step / run.StepsPerEpoch, run.Epochs, run.MeanLoss, stepRate * run.MeanBatch,
            TimeSpan.FromSeconds((run.Steps - run.Step) / Math.Max(stepRate, 1e-9)), run.Curve.LastOrDefault()?.Validation, note));
    }
}
