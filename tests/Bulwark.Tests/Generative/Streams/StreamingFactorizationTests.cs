using Bulwark.Generative.Streams;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Tests.Training;

namespace Bulwark.Tests.Generative.Streams;

/// <summary>A world of two blocks: 20 users and 40 items, and each user touches items of one half.</summary>
public sealed class StreamingFactorizationTests
{
    private const int Users = 20, Items = 40;
    private static readonly MatrixFactorizationOptions Shape = new(4, Deviation: 0.1f);

    private static readonly StreamOptions Plain = new() { Steps = 20, Batch = 32, Rule = new Sgd(0.1f), L2 = 0, Replay = 0 };

    private static readonly StreamOptions Full = Plain with
    {
        Replay = 0.25f,
        Memory = 50,
        Generated = new(0.25f, 4) { Before = 8, Batch = 8, Width = 8, Latent = 2 },
        Critic = new(0.2f, 2) { Steps = 10, Batch = 16, Memory = 100, Width = 8 },
    };

    private static readonly StreamOptions Learned = Plain with { Critic = Full.Critic, Updater = new(2, 4) { Steps = 10, Batch = 16, Memory = 100, Width = 8 } };

    /// <summary>
    /// Tastes change sides at once: of the users' five best items nearly none were of the new side before; after, nearly all are, or more than half
    /// where a critic and replay of the old side hold rows back.
    /// </summary>
    [Fact]
    public void RowsFollowADrift()
    {
        foreach (var (options, least) in new[]
        {
            (Plain, 0.9), (Full with { Critic = Full.Critic! with { Refused = 0.05f } }, 0.5), (Learned with { Critic = null }, 0.9),
        })
        {
            var stream = Stream(options);
            for (var window = 0; window < 10; window++) stream.Take(Window(window, 100, swapped: false));
            Assert.True(Side(stream, swapped: true) < 0.05);
            for (var window = 10; window < 25; window++) stream.Take(Window(window, 100, swapped: true));
            Assert.True(Side(stream, swapped: true) > least, $"{Side(stream, true)} of the lists followed");
        }
    }

    /// <summary>The work of a window is counted in steps, and does not depend on how many came before; few events are learned from eight times each.</summary>
    [Fact]
    public void WorkIsBounded()
    {
        var stream = Stream(Full);
        for (var window = 0; window < 3; window++)
            foreach (var (events, steps) in new[] { (1, 8), (10, 8), (500, 20) })
            {
                var report = stream.Take(Window(window, events, swapped: false));
                Assert.Equal((steps, 4, 20), (report.Steps, report.GanSteps, report.CriticSteps));
            }
    }

    /// <summary>Two windows for the steps, then every fourth. After the first there is no later event that could judge a move, and no updater steps.</summary>
    [Fact]
    public void UpdatersTakeTheWindowsThatStepsDoNot()
    {
        var stream = Stream(Learned with { Passes = 100 });
        for (var window = 1; window <= 8; window++)
        {
            var report = stream.Take(Window(window, window % 2 == 0 ? 10 : 300, swapped: false));
            Assert.Equal((window is 1 or 2 or 4 or 8 ? 20 : 0, window == 1 ? 0 : 10, window == 1 ? 20 : 40), (report.Steps, report.UpdaterSteps, report.CriticSteps));
        }
    }

    /// <summary>Where updaters follow, rows that no event touches stay, to the bit; steps would move those of items drawn against the events.</summary>
    [Fact]
    public void WithoutTouchNothingMoves()
    {
        var stream = Stream(Plain with { Updater = new(0, 0) { Steps = 0, Start = 0.1f } });
        var (users, items) = (stream.At[stream.Model.Users].Keep(), stream.At[stream.Model.Items].Keep());
        stream.Take([new(3, 7), new(3, 8)]);
        for (var user = 0; user < Users; user++) Assert.Equal(user == 3, Moved(users, stream.At[stream.Model.Users], user));
        for (var item = 0; item < Items; item++) Assert.Equal(item is 7 or 8, Moved(items, stream.At[stream.Model.Items], item));

        static bool Moved(Tensor before, Tensor after, int row) => !before.Values.Slice(row * 4, 4).SequenceEqual(after.Values.Slice(row * 4, 4));
    }

    /// <summary>All users touch one item, five times each, in a window that the updaters follow: with a critic its row moves less than half as far.</summary>
    [Fact]
    public void ABurstGoesFurtherWithoutTheCritic()
    {
        var updater = Learned.Updater! with { Every = 0 };
        var (open, bounded) = (Burst(Learned with { Critic = null, Updater = updater }), Burst(Learned with { Updater = updater }));
        Assert.True(bounded < 0.5 * open, $"{bounded} with the critic, {open} without");

        static double Burst(StreamOptions options)
        {
            var stream = Stream(options);
            for (var window = 0; window < 6; window++) stream.Take(Window(window, 200, swapped: false));
            var before = stream.At[stream.Model.Items].Values.Slice(5 * 4, 4).ToArray();
            stream.Take([.. Window(6, 200, swapped: false), .. Enumerable.Range(0, 5 * Users).Select(n => new StreamEvent(n % Users, 5))]);
            var after = stream.At[stream.Model.Items].Values.Slice(5 * 4, 4).ToArray();
            return Math.Sqrt(before.Zip(after).Sum(pair => Math.Pow(pair.Second - pair.First, 2)));
        }
    }

    /// <summary>A window takes memory for its own events, not for the tables: with 50,000 items more, 12 MB of rows, it takes as much.</summary>
    [Fact]
    public void MemoryOfAWindowDoesNotGrowWithTheTables()
    {
        foreach (var options in new[] { Full with { Generated = null, Critic = Full.Critic! with { Trusted = 1 } }, Learned })
        {
            var (few, many) = (Allocated(Items, options), Allocated(Items + 50_000, options));
            Assert.True(many < 1.5 * few, $"{many} bytes beside {few}");
        }

        static long Allocated(int items, StreamOptions options)
        {
            var model = new MatrixFactorization(Users, items, Shape with { Dimension = 64 });
            var stream = new StreamingFactorization(model, model.Start(new Rng(1)), Shape with { Dimension = 64 }, Window(99, 40, swapped: false), options, new Rng(3));
            for (var window = 0; window < 3; window++) stream.Take(Window(window, 60, swapped: false));
            var before = GC.GetAllocatedBytesForCurrentThread();
            stream.Take(Window(3, 60, swapped: false));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    /// <summary>A critic that trusts all windows is no critic, to the bit; nor do a reservoir or a GAN that are not drawn from change anything.</summary>
    [Fact]
    public void WithoutBoundsItIsThePlainUpdater()
    {
        var plain = Run(Plain).At;
        TrainingWorld.AssertSame(plain, Run(Plain with { Critic = Full.Critic! with { Trusted = int.MaxValue } }).At);
        TrainingWorld.AssertSame(plain, Run(Plain with { Generated = Full.Generated! with { Share = 0 } }).At);
        TrainingWorld.AssertSame(plain, Run(Plain with { Memory = 3 }).At);
    }

    /// <summary>In the first window that is judged, each touched row's move is the plain updater's times 0 or a power of a half.</summary>
    [Fact]
    public void BoundedMovesAreShares()
    {
        var (plain, bounded) = (Stream(Plain), Stream(Plain with { Critic = Full.Critic! with { Refused = 0.5f, Trusted = 1 } }));
        foreach (var stream in new[] { plain, bounded }) stream.Take(Window(0, 60, swapped: false));
        TrainingWorld.AssertSame(plain.At, bounded.At);
        var before = bounded.At[bounded.Model.Items].Keep();
        var window = Window(1, 60, swapped: false);
        plain.Take(window);
        var report = bounded.Take(window);
        Assert.True(report.Shrunk + report.Refused > 0);
        foreach (var item in window.Select(each => each.Item).Distinct())
            for (var d = 0; d < Shape.Dimension; d++)
            {
                var (from, free) = (before.Values[item * 4 + d], plain.At[plain.Model.Items].Values[item * 4 + d]);
                var moved = bounded.At[bounded.Model.Items].Values[item * 4 + d] - from;
                Assert.Contains(new[] { 0, 1 / 32f, 1 / 16f, 1 / 8f, 1 / 4f, 1 / 2f, 1 }, share => Math.Abs(moved - share * (free - from)) < 1e-6f);
            }
    }

    [Fact]
    public void NewUsersAndItemsGetRows()
    {
        var stream = Stream(Plain with { Steps = 0 });
        var before = stream.At[stream.Model.Users].Values.ToArray();
        stream.Take([new(Users + 1, Items)]);
        Assert.Equal((Users + 2, Items + 1), (stream.Model.UserCount, stream.Model.ItemCount));
        var rows = stream.At[stream.Model.Users].Values;
        Assert.Equal(before, rows[..before.Length].ToArray());
        for (var d = 0; d < 4; d++) Assert.Equal(Enumerable.Range(0, Users).Average(user => before[user * 4 + d]), rows[^(4 - d)], 1e-6f);
        Assert.Contains(stream.At[stream.Model.Items].Values[^4..].ToArray(), x => x != 0);
    }

    [Fact]
    public void EqualArgumentsGiveEqualBitsAndEveryOptionCounts()
    {
        var full = Run(Full).At;
        TrainingWorld.AssertSame(full, Run(Full).At);
        Assert.False(TrainingWorld.AreSame(full, Run(Full, seed: 4).At));
        foreach (var other in new[]
        {
            Full with { Steps = 21 }, Full with { Passes = 1 },
            Full with { Batch = 33 }, Full with { Rule = new Sgd(0.2f) }, Full with { L2 = 0.1f }, Full with { Memory = 20 },
            Full with { Replay = 0.5f }, Full with { Generated = null }, Full with { Critic = null },
            Full with { Generated = Full.Generated! with { Share = 0.5f } }, Full with { Generated = Full.Generated! with { Steps = 6 } },
            Full with { Generated = Full.Generated! with { Before = 80 } }, Full with { Generated = Full.Generated! with { Batch = 9 } },
            Full with { Generated = Full.Generated! with { Latent = 3 } }, Full with { Generated = Full.Generated! with { Width = 9 } },
            Full with { Critic = Full.Critic! with { Refused = 0.6f } }, Full with { Critic = Full.Critic! with { Trusted = 4 } },
        })
            Assert.False(TrainingWorld.AreSame(full, Run(other).At), $"{other}");
    }

    /// <summary>Tastes change sides in the sixth window: it says so, no other does, and the lists have followed further after two windows than without.</summary>
    [Fact]
    public void AJumpIsNoticedAndForgotten()
    {
        var (still, forgetting) = (Stream(Plain), Stream(Plain with { Forgetting = new(1.3f, 1) }));
        for (var window = 0; window < 7; window++)
        {
            var events = Window(window, 400, swapped: window >= 5);
            still.Take(events);
            Assert.Equal(window == 5, forgetting.Take(events).Jumped);
            if (window == 4) TrainingWorld.AssertSame(still.At, forgetting.At);
        }
        Assert.True(Side(forgetting, swapped: true) > Side(still, swapped: true) + 0.1, $"{Side(forgetting, true)}, {Side(still, true)}");
    }

    /// <summary>New accounts that all touch one item make no jump; the same events by users known before do.</summary>
    [Fact]
    public void NewAccountsCallNoJump()
    {
        foreach (var known in new[] { true, false })
        {
            var stream = Stream(Plain with { Forgetting = new(1.3f) });
            for (var window = 0; window < 5; window++) stream.Take(Window(window, 400, swapped: false));
            var burst = Enumerable.Range(0, 2000).Select(n => new StreamEvent(known ? 1 + 2 * (n % 10) : Users + n % 10, 5));
            Assert.Equal(known, stream.Take([.. Window(5, 400, swapped: false), .. burst]).Jumped);
        }
    }

    [Fact]
    public void EveryOptionOfTheUpdatersCounts()
    {
        var learned = Run(Learned).At;
        TrainingWorld.AssertSame(learned, Run(Learned).At);
        TrainingWorld.AssertSame(Run(Plain).At, Run(Plain with { Updater = new(int.MaxValue) }).At);
        var updater = Learned.Updater!;
        foreach (var other in new[]
        {
            updater with { Thorough = 3 }, updater with { Every = 5 }, updater with { Steps = 11 }, updater with { Batch = 17 }, updater with { Negatives = 3 },
            updater with { Memory = 20 }, updater with { Width = 9 }, updater with { Start = 0.2f }, updater with { Realism = 1 },
        })
            Assert.False(TrainingWorld.AreSame(learned, Run(Learned with { Updater = other }).At), $"{other}");
    }

    [Fact]
    public void BiasesAreRefused()
    {
        var model = new MatrixFactorization(2, 2, new(4, Biases: true));
        Assert.Throws<ArgumentException>(() => new StreamingFactorization(model, model.Start(new Rng(1)), new(4, Biases: true), [], Plain, new Rng(1)));
    }

    private static StreamingFactorization Stream(StreamOptions options, ulong seed = 3)
    {
        var model = new MatrixFactorization(Users, Items, Shape);
        return new(model, model.Start(new Rng(1)), Shape, Window(99, 40, swapped: false), options, new Rng(seed));
    }

    private static StreamingFactorization Run(StreamOptions options, ulong seed = 3)
    {
        var stream = Stream(options, seed);
        for (var window = 0; window < 5; window++) stream.Take(Window(window, 60, swapped: false));
        return stream;
    }

    private static StreamEvent[] Window(int number, int events, bool swapped)
    {
        var rng = new Rng(5).Fork(number);
        return [.. Enumerable.Range(0, events).Select(_ => rng.Next(Users) is var user ? new StreamEvent(user, Half(user, swapped) + rng.Next(Items / 2)) : default)];
    }

    /// <summary>The first item of the half that a user likes.</summary>
    private static int Half(int user, bool swapped) => user % 2 == 0 ^ swapped ? 0 : Items / 2;

    /// <summary>The share of the users' five best items that lie on their side.</summary>
    private static double Side(StreamingFactorization stream, bool swapped)
    {
        var scores = stream.Model.ScoreAll(stream.At, new Ids([.. Enumerable.Range(0, Users)])).Values.ToArray();
        return Enumerable.Range(0, Users).Average(user => Enumerable.Range(0, Items).OrderByDescending(item => scores[user * Items + item]).Take(5)
            .Average(item => item / (Items / 2) == Half(user, swapped) / (Items / 2) ? 1.0 : 0));
    }
}
