using System.Diagnostics;

namespace Bulwark.Tensors.Tests;

/// <summary>Tests that set <see cref="Team.Threads"/> or need the team to be free: nothing else runs beside them.</summary>
[CollectionDefinition("Team", DisableParallelization = true)]
public sealed class TeamCollection;

[Collection("Team")]
public sealed class TeamTests : IDisposable
{
    private readonly int _threads = Team.Threads;

    public void Dispose() => Team.Threads = _threads;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void EveryPartRunsOnce(int threads)
    {
        Team.Threads = threads;
        for (var parts = 0; parts < 200; parts++)
        {
            var counts = new int[parts];
            Team.Run(parts, counts, static (counts, part) => Interlocked.Increment(ref counts[part]));
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void NestedCallsRunOnTheirCaller()
    {
        Team.Threads = 3;
        var counts = new int[8, 8];
        Team.Run(8, counts, static (counts, i) =>
        {
            var thread = Environment.CurrentManagedThreadId;
            Team.Run(8, (counts, i, thread), static (x, j) =>
            {
                Assert.Equal(x.thread, Environment.CurrentManagedThreadId);
                Interlocked.Increment(ref x.counts[x.i, j]);
            });
        });
        foreach (var count in counts) Assert.Equal(1, count);
    }

    [Fact]
    public void SeveralThreadsMayCallAtOnce()
    {
        Team.Threads = 3;
        var sums = new long[4];
        var callers = Enumerable.Range(0, 4).Select(c => new Thread(() =>
        {
            for (var round = 0; round < 2000; round++)
                Team.Run(10, (sums, c), static (x, part) => Interlocked.Add(ref x.sums[x.c], part));
        })).ToArray();
        foreach (var caller in callers) caller.Start();
        foreach (var caller in callers) caller.Join();
        Assert.All(sums, sum => Assert.Equal(2000 * 45, sum)); // 0 + … + 9 = 45
    }

    [Fact]
    public void AnExceptionSurfacesAtTheCallerAndTheTeamStaysUsable()
    {
        Team.Threads = 2;
        for (var round = 0; round < 50; round++)
        {
            var error = Assert.Throws<InvalidOperationException>(() => Team.Run(20, 0, static (_, part) =>
            {
                if (part >= 7) throw new InvalidOperationException("part");
            }));
            Assert.Equal("part", error.Message);
            var counts = new int[20];
            Team.Run(20, counts, static (counts, part) => Interlocked.Increment(ref counts[part]));
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void SleepingWorkersWake()
    {
        Team.Threads = 2;
        for (var round = 0; round < 20; round++)
        {
            Thread.Sleep(2);                                   // far beyond the workers' patience
            var met = new Barrier(2);                          // passes only if two threads work at once
            Team.Run(2, met, static (met, _) => Assert.True(met.SignalAndWait(5000)));
        }
    }

    [Fact]
    public void IdleWorkersLeaveTheProcessorAlone()
    {
        Team.Threads = 2;
        using var process = Process.GetCurrentProcess();
        var least = double.PositiveInfinity;
        for (var round = 0; round < 20 && least >= 50; round++)          // compilation in the background may spoil a round, not twenty
        {
            for (var i = 0; i < 100; i++) Team.Run(4, 0, static (_, _) => { });
            process.Refresh();
            var before = process.TotalProcessorTime;
            Thread.Sleep(200);
            process.Refresh();
            least = Math.Min(least, (process.TotalProcessorTime - before).TotalMilliseconds);
        }
        Assert.InRange(least, 0, 50);
    }

    [Fact]
    public void AJobLeavesNoGarbage()
    {
        Team.Threads = 2;
        var counts = new int[4];
        var body = static (int[] counts, int part) => { Interlocked.Increment(ref counts[part]); };
        for (var i = 0; i < 100; i++) Team.Run(4, counts, body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Team.Run(4, counts, body);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);   // waking a sleeper may take a little, a job nothing
    }

    [Fact]
    public void AtLeastOneThread() => Assert.Throws<ArgumentOutOfRangeException>(() => Team.Threads = 0);
}
