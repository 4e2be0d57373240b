using Bulwark.Server.Monitoring;
using Bulwark.Tensors;

namespace Bulwark.Server.Tests.Monitoring;

public sealed class TrafficMonitorTests
{
    private static readonly MonitorOptions Options = new() { WindowEvents = 250 };

    /// <summary>Each kind of alarm is raised in at most one of a hundred windows where nothing happens; two in a hundred are counted as chance here.</summary>
    [Fact]
    public void WithoutDriftOrAttackItIsQuiet()
    {
        const int windows = 300;
        var (monitor, traffic) = Start(1);
        monitor.Observe(traffic.Next(windows * Options.WindowEvents));
        var report = monitor.Report();
        Assert.Equal(windows * Options.WindowEvents, report.Events);
        Assert.All(report.Alarms.GroupBy(alarm => alarm.Kind), kind => Assert.InRange(kind.Count(), 0, 2 * windows / 100));
        Assert.DoesNotContain(report.Alarms, alarm => alarm.IsAttack);
        Assert.Empty(report.Suspects);
    }

    [Fact]
    public void APlantedRingIsFoundAndNobodyElse()
    {
        var (monitor, traffic) = Start(2);
        int[] ring = [.. Enumerable.Range(500, 15)], targets = [250, 260, 270];
        monitor.Observe(traffic.Next(20 * Options.WindowEvents));
        monitor.Observe(traffic.With(Options.WindowEvents, ring, targets));
        var report = monitor.Report();
        var alarm = report.Alarms.Single(alarm => alarm.Kind == AlarmKind.InStep);
        Assert.Equal(20, alarm.Window);
        Assert.Equal(targets, alarm.Items.Order());
        Assert.Equal(ring, alarm.Users);
        Assert.Equal(ring, report.Suspects.Select(suspect => suspect.User));
        Assert.All(report.Suspects, suspect => Assert.True(suspect.Weight < 0.5));
        Assert.Equal(targets, report.Surges.Select(surge => surge.Item).Order());
        Assert.Contains(report.Alarms, one => one.Kind == AlarmKind.NewAccounts);

        monitor.Observe(traffic.Next((Options.History + Options.Span + 2) * Options.WindowEvents));
        Assert.Empty(monitor.Report().Suspects);             // forgotten, since they gave no new reason
    }

    [Fact]
    public void AJumpOfTastesIsDriftAndNoAttack()
    {
        var (monitor, traffic) = Start(3);
        monitor.Observe(traffic.Next(20 * Options.WindowEvents));
        Assert.DoesNotContain(monitor.Report().Alarms, alarm => alarm.Kind == AlarmKind.Drift);
        traffic.Shift = 40;
        monitor.Observe(traffic.Next(6 * Options.WindowEvents));
        var alarms = monitor.Report().Alarms;
        Assert.Equal(20, alarms.Single(alarm => alarm.Kind == AlarmKind.Drift).Window);
        Assert.Contains(alarms, alarm => alarm.Kind == AlarmKind.Stale);
        Assert.DoesNotContain(alarms, alarm => alarm.IsAttack);
        Assert.Empty(monitor.Report().Suspects);
    }

    /// <summary>A fall by two fifths shows in a window or two, and is raised once although it lasts.</summary>
    [Fact]
    public void AFallOfTheHitRateIsRaisedOnce()
    {
        var (monitor, traffic) = Start(4);
        monitor.Observe(traffic.Next(20 * Options.WindowEvents));
        traffic.HitRate = 0.12;
        monitor.Observe(traffic.Next(6 * Options.WindowEvents));
        var alarm = monitor.Report().Alarms.Single(alarm => alarm.Kind == AlarmKind.HitRate);
        Assert.InRange(alarm.Window, 20, 22);
        Assert.True(alarm.Reading.Value < alarm.Reading.Bound && alarm.Reading.Bound < alarm.Reading.Usual);
    }

    /// <summary>Accounts take an item together and then find it in their lists.</summary>
    [Fact]
    public void ASurgeThatReachesTheListsIsRaised()
    {
        var (monitor, traffic) = Start(5);
        monitor.Observe(traffic.Next(20 * Options.WindowEvents));
        var window = traffic.With(Options.WindowEvents, [.. Enumerable.Range(0, 30)], [250]);
        monitor.Observe([.. window.Select(each => each.Item == 250 ? each with { Rank = 1 } : each)]);
        Assert.Equal([250], monitor.Report().Alarms.Single(alarm => alarm.Kind == AlarmKind.RankLift).Items);
    }

    [Fact]
    public void AWindowEndsByCountOrByTime()
    {
        var (monitor, traffic) = Start(6, Options with { WindowTime = TimeSpan.FromHours(2) });       // an event a minute: 120 of 250
        monitor.Observe(traffic.Next(1000));
        var report = monitor.Report();
        Assert.Equal(8, report.Windows.Count);
        Assert.All(report.Windows, window => Assert.Equal(120, window.Events));
        Assert.Equal(40, report.OpenEvents);
    }

    [Fact]
    public void SharesOfNewRowsAreOfTheirFirstWindow()
    {
        var (monitor, traffic) = Start(7);
        monitor.Observe(traffic.With(Options.WindowEvents, [400, 401], [300]));
        monitor.Observe(traffic.With(Options.WindowEvents, [400, 401], [300]));
        var windows = monitor.Report().Windows;
        Assert.Equal(2.0 / windows[0].Users, windows[0].NewUsers.Value, 12);
        Assert.InRange(windows[0].NewItems, 2.0 / 250, 2.0 / 200);
        Assert.Equal((0, 0), (windows[1].NewUsers.Value, windows[1].NewItems));
        Assert.Equal((402, 301), (monitor.Report().Users, monitor.Report().Items));
    }

    /// <summary>With times, the last windows of training say what is usual, so that the first window is judged.</summary>
    [Fact]
    public void TrainingWithTimesIsAStart()
    {
        var traffic = new Traffic(8);
        var monitor = new TrafficMonitor(traffic.Train(15_000, times: true), Options, new Rng(8));
        Assert.Empty(monitor.Report().Windows);
        monitor.Observe(traffic.Next(250));
        var window = Assert.Single(monitor.Report().Windows);
        Assert.Equal(0, window.Number);
        Assert.True(double.IsFinite(window.Drift.Bound) && !window.Drift.IsOut);
        Assert.True(double.IsNaN(window.HitRate.Bound));
    }

    [Fact]
    public async Task ReportsAreReadWhileEventsCome()
    {
        var (monitor, traffic) = Start(10);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            for (var last = 0L; !done.IsCancellationRequested;)
            {
                var report = monitor.Report();
                Assert.True(report.Events >= last && report.OpenEvents < Options.WindowEvents);
                Assert.Equal(report.Events - report.OpenEvents, report.Windows.Sum(window => (long)window.Events));
                last = report.Events;
            }
        })).ToArray();
        for (var n = 0; n < 60; n++) monitor.Observe(traffic.Next(100));
        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public void TheSameEventsGiveTheSameReport()
    {
        var (one, other) = (Followed(5000), Followed(7));
        Assert.Equal(one.Windows, other.Windows);
        Assert.Equal(one.Alarms.Select(alarm => (alarm.Kind, alarm.Window)), other.Alarms.Select(alarm => (alarm.Kind, alarm.Window)));

        MonitorReport Followed(int chunk)
        {
            var (monitor, traffic) = Start(11);
            foreach (var events in traffic.Next(5000).Chunk(chunk)) monitor.Observe(events);
            return monitor.Report();
        }
    }

    /// <summary>Somebody who does one thing over and over, who takes everything, and a crowd that takes one thing: nothing is divided by nothing.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(400, 1)]
    public void OddTrafficIsBorne(int users, int items)
    {
        var (monitor, traffic) = Start(13);
        for (var round = 0; round < 3; round++)
        {
            monitor.Observe(traffic.Next(30 * Options.WindowEvents + 1));
            monitor.Observe([.. traffic.Next(2500).Select((each, n) => each with { User = n % users, Item = n % items })]);
        }
        Assert.All(monitor.Report().Windows.Skip(1), window => Assert.InRange(window.Drift.Value, 0, 1));
    }

    [Theory]
    [InlineData(-1, 0, 0, 0)]
    [InlineData(0, -1, 0, 0)]
    [InlineData(0, 0, long.MaxValue, 0)]
    [InlineData(0, 0, 0, -1)]
    public void WhatIsNoEventIsRefusedWhole(int user, int item, long time, int rank)
    {
        var (monitor, traffic) = Start(12);
        Assert.Throws<ArgumentException>(() => monitor.Observe([traffic.Next(), new(user, item, time, rank)]));
        Assert.Equal((0, 0), (monitor.Report().Events, monitor.Report().OpenEvents));
    }

    [Fact]
    public void SettingsWithoutSenseAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Start(1, new() { WindowEvents = 10 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Start(1, new() { Span = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Start(1, new() { FalseAlarms = 0 }));
    }

    private static (TrafficMonitor, Traffic) Start(ulong seed, MonitorOptions? options = null)
    {
        var traffic = new Traffic(seed);
        return (new(traffic.Train(20_000), options ?? Options, new Rng(seed)), traffic);
    }
}
