using Bulwark.Server.Monitoring;
using Bulwark.Tensors;

namespace Bulwark.Server.Tests.Monitoring;

/// <summary>Runs alone: other tests would add to what it measures.</summary>
[CollectionDefinition(nameof(TrafficMonitorMemoryTests), DisableParallelization = true)]
[Collection(nameof(TrafficMonitorMemoryTests))]
public sealed class TrafficMonitorMemoryTests
{
    /// <summary>A million events leave as much behind as a hundred thousand.</summary>
    [Fact]
    public void MemoryIsBounded()
    {
        var traffic = new Traffic(9);
        var monitor = new TrafficMonitor(traffic.Train(20_000), new() { WindowEvents = 10_000 }, new Rng(9));
        Feed(10);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Feed(90);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(1_000_000, monitor.Report().Events);
        Assert.True(grown < 200_000, $"It grew by {grown} bytes.");

        void Feed(int windows)
        {
            for (var n = 0; n < windows; n++) monitor.Observe(traffic.Next(10_000));
        }
    }
}
