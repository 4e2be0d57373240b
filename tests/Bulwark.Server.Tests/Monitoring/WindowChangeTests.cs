using Bulwark.Server.Monitoring;
using Bulwark.Tensors;

namespace Bulwark.Server.Tests.Monitoring;

public sealed class WindowChangeTests
{
    [Fact]
    public void WindowsAlikeDifferByNoise()
    {
        var traffic = new Traffic(1);
        double[] z = [.. Enumerable.Range(0, 60).Select(n => Change(traffic, n)).Select(change => change.DivergenceNoise.Standardize(change.Divergence))];
        Assert.InRange(z.Average(), -0.5, 0.5);
        Assert.InRange(z.Count(value => value > 3), 0, 2);
    }

    /// <summary>What one user takes stays together: users who each take a block of ten make windows differ more, and that is no drift.</summary>
    [Fact]
    public void TastesOfUsersAreNoDrift()
    {
        var rng = new Rng(2);
        for (var n = 0; n < 10; n++)
        {
            var change = WindowChange.Of([.. Enumerable.Range(0, 4).Select(Blocks)], rng.Fork(n));
            Assert.True(change.DivergenceNoise.Standardize(change.Divergence) < 4);
        }

        TrafficWindow Blocks(int number) => new(number, [.. Enumerable.Range(0, 30).SelectMany(user => Block(user, 10 * rng.Next(20)))]);

        static IEnumerable<Observation> Block(int user, int first) => Enumerable.Range(first, 10).Select(item => new Observation(user, item, 0, 0));
    }

    [Fact]
    public void AJumpIsMoreThanNoiseAndNamesWhatGrew()
    {
        var traffic = new Traffic(3);
        TrafficWindow[] before = [.. Enumerable.Range(0, 3).Select(n => new TrafficWindow(n, traffic.Next(500)))];
        traffic.Shift = 100;
        var change = WindowChange.Of([.. before, new TrafficWindow(3, traffic.Next(500))], new Rng(1));
        Assert.True(change.DivergenceNoise.Standardize(change.Divergence) > 10);
        Assert.Equal(100, change.Moved[0]);
    }

    /// <summary>Everybody takes one thing, then five.</summary>
    [Fact]
    public void ActivityIsTheDistanceOfHowMuchUsersTake()
    {
        var change = WindowChange.Of([Each(1), Each(5)], new Rng(1));
        Assert.Equal(1, change.Activity);
        Assert.True(change.ActivityNoise.Standardize(change.Activity) > 3);

        static TrafficWindow Each(int taken) => new(0, [.. Enumerable.Range(0, 50 * taken).Select(n => new Observation(n / taken, n % taken, 0, 0))]);
    }

    /// <summary>One user took one thing, then another took five: dealt the other way round, all would be on one side.</summary>
    [Fact]
    public void AFewUsersAreDealtToBothSides()
    {
        var change = WindowChange.Of([new(0, [new(0, 0, 0, 0)]), new(1, [.. Enumerable.Range(1, 5).Select(item => new Observation(1, item, 0, 0))])], new Rng(1));
        Assert.Equal((1, 1), (change.Divergence, change.Activity));
    }

    private static WindowChange Change(Traffic traffic, int seed) =>
        WindowChange.Of([.. Enumerable.Range(0, 4).Select(n => new TrafficWindow(n, traffic.Next(500)))], new Rng((ulong)seed));
}
