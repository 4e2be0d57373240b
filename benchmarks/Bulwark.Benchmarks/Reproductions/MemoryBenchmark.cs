using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>Resident memory of reading Gowalla and training BPR on it, at its peak, and garbage of a step once training runs.</summary>
internal static class MemoryBenchmark
{
    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var (batch, epochs) = (options.Int("batch", 512), Math.Max(options.Int("epochs", 3), 2));
        var train = DatasetReader.Open(DataFolder.Find(options, "gowalla")).Interactions;
        var model = new MatrixFactorization(train.UserCount, train.ItemCount, new());
        var source = new TripleSource(train, batch, new Rng(1).Fork("batches"));
        var allocated = new List<long>();                    // bytes so far, on all threads, at the end of each epoch
        var trainer = new Trainer<Triples>(source, [new("bpr", epochs, Objectives.Bpr(model))], new() { ValidateEvery = 1, Ahead = Team.Threads > 1 });
        var start = Stopwatch.GetTimestamp();
        var result = trainer.Run(model.Start(new Rng(1).Fork("start")), new Rng(1), Note);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        var garbage = (allocated[^1] - allocated[0]) / ((epochs - 1L) * source.StepsPerEpoch);
        using var process = Process.GetCurrentProcess();
        var peak = process.PeakWorkingSet64 / 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $$"""{"name":"memory","data":"gowalla","pairs":{{train.Count}},"d":64,"batch":{{batch}},"epochs":{{epochs}},"threads":{{Team.Threads}}"""
            + $$""","loss":{{result.Curve[^1].Loss:F4}},"seconds":{{seconds:F1}},"peak_rss_mb":{{peak:F0}},"garbage_bytes_per_step":{{garbage}}}"""));
        return 0;

        double Note(Point at)
        {
            allocated.Add(GC.GetTotalAllocatedBytes(precise: true));
            return 0;
        }
    }
}
