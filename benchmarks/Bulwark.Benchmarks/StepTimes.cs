using System.Diagnostics;
using System.Globalization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks;

/// <summary>Milliseconds of each of some training steps, ascending; the examples of a batch; garbage of a step on the training thread.</summary>
internal sealed record StepTimes(double[] Milliseconds, int Batch, long Garbage)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);   // until the runtime has compiled every kernel for good

    public double Median => Milliseconds[Milliseconds.Length / 2];

    /// <summary>Trains for a while, then measures so many steps; batches are prepared on another thread where there is one.</summary>
    public static StepTimes Of<TBatch>(IBatchSource<TBatch> source, Objective<TBatch> objective, Point start, UpdateRule rule, int steps, Rng rng)
        where TBatch : IBatch
    {
        using var training = new TrainingSteps<TBatch>(source, objective, start, rule, rng);
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < WarmUp;) training.Step();
        var (times, examples, before) = (new double[steps], 0L, GC.GetAllocatedBytesForCurrentThread());
        foreach (ref var time in times.AsSpan())
        {
            var begun = Stopwatch.GetTimestamp();
            examples += training.Step();
            time = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }
        var garbage = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(times);
        return new(times, (int)(examples / steps), garbage / steps);
    }

    /// <summary>A line of JSON.</summary>
    public void Print(string name) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $$"""{"name":"{{name}}","batch":{{Batch}},"threads":{{Team.Threads}},"ms":{{Median:F2}},"best_ms":{{Milliseconds[0]:F2}},"garbage_bytes":{{Garbage}}}"""));
}
