using Bulwark.Models.Factorization;
using Bulwark.Models.Neural;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

/// <summary>Tests that set <see cref="Team.Threads"/>: nothing else runs beside them.</summary>
[CollectionDefinition("Team", DisableParallelization = true)]
public sealed class TeamCollection;

public sealed class TrainerTests
{
    [Fact]
    public void TheLossFallsEpochByEpoch()
    {
        var result = new TrainingWorld().Run(12, TrainingWorld.Options);
        Assert.Equal(Enumerable.Range(1, 12), result.Curve.Select(epoch => epoch.Epoch));
        Assert.Equal(Math.Log(2), result.Curve[0].Loss, 0.02);                       // small rows score everything alike at first
        for (var epoch = 1; epoch < 12; epoch++) Assert.True(result.Curve[epoch].Loss < result.Curve[epoch - 1].Loss + 0.03);
        Assert.True(result.Curve[^1].Loss < 0.3 * result.Curve[0].Loss, string.Join(", ", result.Curve.Select(epoch => epoch.Loss)));
        Assert.Equal(12, result.BestEpoch);
        Assert.All(result.Curve, epoch => Assert.Equal(("plain", null), (epoch.Stage, epoch.Validation)));
    }

    /// <summary>The mean loss of an epoch is over examples, the smaller last batch at its weight.</summary>
    [Fact]
    public void TheCurveHoldsTheMeanOverExamples()
    {
        var (world, sum, count) = (new TrainingWorld(), 0.0, 0);
        Objective<Triples> counted = (batch, rng) => at =>
        {
            var loss = world.Bpr(batch, rng)(at);
            (sum, count) = (sum + loss.Fixed().Item(), count + batch.Count);
            return loss;
        };
        var result = world.Trainer(TrainingWorld.Options, new Stage<Triples>("plain", 1, counted)).Run(world.Start, TrainingWorld.Rng);
        Assert.Equal(Blocks.Train.Count, count);
        Assert.Equal(sum / count, result.Curve[0].Loss, 1e-9);
    }

    [Fact]
    public void EqualArgumentsGiveEqualBitsAheadOrNot()
    {
        var (first, second, ahead) = (
            new TrainingWorld().Run(5, TrainingWorld.Options), new TrainingWorld().Run(5, TrainingWorld.Options),
            new TrainingWorld().Run(5, TrainingWorld.Options with { Ahead = true }));
        TrainingWorld.AssertSame(first.At, second.At);
        TrainingWorld.AssertSame(first.At, ahead.At);
        Assert.Equal(first.Curve, second.Curve);
        Assert.Equal(first.Curve, ahead.Curve);
    }

    [Fact]
    public void TheStartIsCopied()
    {
        var world = new TrainingWorld();
        var start = world.Start;
        world.Trainer(TrainingWorld.Options, new Stage<Triples>("plain", 1, world.Bpr)).Run(start, TrainingWorld.Rng);
        TrainingWorld.AssertSame(new TrainingWorld().Start, start);
    }

    [Fact]
    public void NoEpochsReturnTheStart()
    {
        var world = new TrainingWorld();
        var result = world.Run(0, TrainingWorld.Options);
        TrainingWorld.AssertSame(world.Start, result.At);
        Assert.Empty(result.Curve);
    }

    public static TheoryData<string, TrainingOptions> Changes => new()
    {
        { "rule", TrainingWorld.Options with { Rule = new Adam(0.1f) } }, { "rate", TrainingWorld.Options with { Rule = new Adagrad(0.2f) } },
        { "accumulator", TrainingWorld.Options with { Rule = new Adagrad(0.1f, 0.2f) } }, { "L1", TrainingWorld.Options with { L1 = 0.01f } },
        { "L2", TrainingWorld.Options with { L2 = 0.01f } }, { "clip norm", TrainingWorld.Options with { ClipNorm = 0.1f } },
        { "replays", TrainingWorld.Options with { Replays = 2 } }, { "averaging", TrainingWorld.Options with { Averaging = new(0) } },
        { "schedule", TrainingWorld.Options with { Schedule = Schedules.WarmUp(100) } },
    };

    [Theory, MemberData(nameof(Changes))]
    public void EveryOptionChangesTheResult(string name, TrainingOptions changed)
    {
        var (before, after) = (new TrainingWorld().Run(2, TrainingWorld.Options).At, new TrainingWorld().Run(2, changed).At);
        Assert.False(TrainingWorld.AreSame(before, after), $"{name} changes nothing");
    }

    /// <summary>A stage's objective is the one that trains: 2 epochs of the first and 3 of the second, by steps.</summary>
    [Fact]
    public void StagesFollowEachOther()
    {
        var world = new TrainingWorld();
        var calls = new List<string>();
        Stage<Triples> Stage(string name, int epochs) => new(name, epochs, (batch, rng) =>
        {
            calls.Add(name);
            return world.Bpr(batch, rng);
        });
        var result = world.Trainer(TrainingWorld.Options, Stage("a", 2), Stage("empty", 0), Stage("b", 3)).Run(world.Start, TrainingWorld.Rng);
        Assert.Equal([.. Enumerable.Repeat("a", 12), .. Enumerable.Repeat("b", 18)], calls);
        Assert.Equal(["a", "a", "b", "b", "b"], result.Curve.Select(epoch => epoch.Stage));
        TrainingWorld.AssertSame(new TrainingWorld().Run(5, TrainingWorld.Options).At, result.At);      // one optimizer, whose state carries over
    }

    [Fact]
    public void FreshStateStartsTheOptimizerAnew()
    {
        TrainingResult Run(bool fresh)
        {
            var world = new TrainingWorld();
            return world.Trainer(TrainingWorld.Options, new("a", 2, world.Bpr), new("b", 2, world.Bpr, fresh)).Run(world.Start, TrainingWorld.Rng);
        }
        var (kept, fresh) = (Run(false), Run(true));
        Assert.Equal(kept.Curve.Take(2), fresh.Curve.Take(2));
        Assert.False(TrainingWorld.AreSame(kept.At, fresh.At));
        // What the second stage starts from: the weights of the first, and nothing else.
        var first = new TrainingWorld();
        var half = first.Trainer(TrainingWorld.Options, new Stage<Triples>("a", 2, first.Bpr)).Run(first.Start, TrainingWorld.Rng);
        var later = first.Trainer(TrainingWorld.Options, new Stage<Triples>("b", 2, first.Bpr, FreshState: true)).Continue(half, TrainingWorld.Rng);
        TrainingWorld.AssertSame(fresh.At, later.At);
    }

    /// <summary>By a figure that peaks at epoch 4: with a patience of 3 training stops after 7 and returns epoch 4's point.</summary>
    [Fact]
    public void PatienceReturnsTheBestPoint()
    {
        var (world, epoch) = (new TrainingWorld(), 0);
        var result = world.Run(20, TrainingWorld.Options with { ValidateEvery = 1, Patience = 3 }, _ => -Math.Abs(++epoch - 4));
        Assert.Equal((7, 4), (result.Curve.Count, result.BestEpoch));
        Assert.Equal([-3, -2, -1, 0, -1, -2, -3], result.Curve.Select(record => record.Validation!.Value));
        TrainingWorld.AssertSame(new TrainingWorld().Run(4, TrainingWorld.Options).At, result.At);
    }

    /// <summary>The same figure as an error, least at epoch 4.</summary>
    [Fact]
    public void PatienceReturnsThePointOfTheLeastError()
    {
        var (world, epoch) = (new TrainingWorld(), 0);
        var result = world.Run(20, TrainingWorld.Options with { ValidateEvery = 1, Patience = 3, LowerIsBetter = true }, _ => Math.Abs(++epoch - 4));
        Assert.Equal((7, 4), (result.Curve.Count, result.BestEpoch));
        TrainingWorld.AssertSame(new TrainingWorld().Run(4, TrainingWorld.Options).At, result.At);
    }

    [Fact]
    public void WithoutPatienceTheLastPointIsReturned()
    {
        var (world, epoch) = (new TrainingWorld(), 0);
        var result = world.Run(6, TrainingWorld.Options with { ValidateEvery = 2 }, _ => -++epoch);
        Assert.Equal([null, -1.0, null, -2, null, -3], result.Curve.Select(record => record.Validation));
        Assert.Equal(6, result.BestEpoch);
        TrainingWorld.AssertSame(new TrainingWorld().Run(6, TrainingWorld.Options).At, result.At);
    }

    /// <summary>Early stopping belongs to the last stage: the first one's figures, however good, do not count.</summary>
    [Fact]
    public void PatienceJudgesTheLastStageAlone()
    {
        var (world, epoch) = (new TrainingWorld(), 0);
        var result = world.Trainer(TrainingWorld.Options with { ValidateEvery = 1, Patience = 2 }, new("a", 3, world.Bpr), new("b", 9, world.Bpr))
            .Run(world.Start, TrainingWorld.Rng, _ => -++epoch);
        Assert.Equal((6, 4), (result.Curve.Count, result.BestEpoch));
    }

    /// <summary>Figures .9, .95, .8, .7: the fourth is .25 below the best, which is returned; a drop of .3 never happens.</summary>
    [Theory]
    [InlineData(0.2, 4, 2)]
    [InlineData(0.1, 3, 2)]
    [InlineData(0.3, 5, 2)]
    public void ALargeDropStopsTraining(double most, int epochs, int best)
    {
        double[] figures = [0.9, 0.95, 0.8, 0.7, 0.94];
        var (world, epoch) = (new TrainingWorld(), 0);
        var result = world.Run(5, TrainingWorld.Options with { ValidateEvery = 1, MostDrop = most }, _ => figures[epoch++]);
        Assert.Equal((epochs, best), (result.Curve.Count, result.BestEpoch));
        TrainingWorld.AssertSame(new TrainingWorld().Run(best, TrainingWorld.Options).At, result.At);
    }

    /// <summary>A loss that carries a number on counts 0, 1, 2 over the replays of a batch, and begins anew with the next; the record is their mean.</summary>
    [Fact]
    public void ReplaysShareALossAndBatchesDoNot()
    {
        var (world, seen) = (new TrainingWorld(), new List<int>());
        Objective<Triples> counting = (batch, rng) =>
        {
            var replay = 0;
            return at =>
            {
                seen.Add(replay);
                return world.Bpr(batch, rng)(at) * 0 + replay++ * batch.Count;
            };
        };
        var result = world.Trainer(TrainingWorld.Options with { Replays = 3 }, new Stage<Triples>("counted", 2, counting)).Run(world.Start, TrainingWorld.Rng);
        Assert.Equal(Enumerable.Range(0, 12).SelectMany(_ => Enumerable.Range(0, 3)), seen);
        Assert.All(result.Curve, epoch => Assert.Equal(1, epoch.Loss, 1e-6));
        Assert.Equal(36, result.End.OptimizerSteps);
    }

    [Theory]
    [InlineData(1e30f)]
    [InlineData(float.PositiveInfinity)]
    public void ALossThatIsNotFiniteNamesItsCause(float rate)
    {
        var problem = Assert.Throws<TrainingException>(() => new TrainingWorld().Run(5, TrainingWorld.Options with { Rule = new Sgd(rate) }));
        Assert.Matches(@"^The loss became \S+ in epoch 1, step \d+: '(users|items)' (holds values that are not finite|has grown to \S+)\. ", problem.Message);
        Assert.Contains("Lower the learning rate", problem.Message);
    }

    /// <summary>One value among finite ones, wherever it stands.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(Blocks.Items * 4 - 1)]
    public void OneBadValueIsFound(int place)
    {
        var world = new TrainingWorld();
        var model = (MatrixFactorization)world.Model;
        var items = world.Start[model.Items].Values.ToArray();
        items[place] = float.NaN;
        var start = world.Start.With(model.Items, Tensor.Of((Blocks.Items, 4), items));
        var problem = Assert.Throws<TrainingException>(() =>
            world.Trainer(TrainingWorld.Options, new Stage<Triples>("plain", 1, world.Bpr)).Run(start, TrainingWorld.Rng));
        Assert.Contains("'items' holds values that are not finite", problem.Message);
    }

    [Fact]
    public void AGradientThatIsNotFiniteIsNamedToo()
    {
        var world = new TrainingWorld();
        Objective<Triples> broken = (batch, rng) => at => world.Bpr(batch, rng)(at) * float.NaN;
        var problem = Assert.Throws<TrainingException>(() =>
            world.Trainer(TrainingWorld.Options, new Stage<Triples>("broken", 1, broken)).Run(world.Start, TrainingWorld.Rng));
        Assert.Contains("the gradient of 'users' is not finite", problem.Message);
    }

    [Fact]
    public void ProgressRisesToTheEnd()
    {
        var (world, heard) = (new TrainingWorld(), new List<TrainingProgress>());
        var slow = new Stage<Triples>("slow", 3, (batch, rng) =>
        {
            Thread.Sleep(30);
            return world.Bpr(batch, rng);
        });
        world.Trainer(TrainingWorld.Options, slow).Run(world.Start, TrainingWorld.Rng, progress: new Listener(heard));
        Assert.InRange(heard.Count, 2, 10);                    // 540 ms, told five times a second
        Assert.Equal(heard.Select(told => told.Epoch).Order(), heard.Select(told => told.Epoch));
        Assert.Equal((3, 3.0, TimeSpan.Zero), (heard[^1].Epochs, heard[^1].Epoch, heard[^1].Left));
        Assert.All(heard, told => Assert.True(told is { Stage: "slow", Rate: > 0, Loss: > 0 } && told.Left >= TimeSpan.Zero));
    }

    /// <summary>After warm-up, a step of BPR leaves less than 20 KB for the collector.</summary>
    [Fact]
    public void AStepLeavesLittleGarbage()
    {
        const int steps = 300, warm = 100;
        var (world, marks) = (new TrainingWorld(new MatrixFactorization(Blocks.Users, Blocks.Items, new(64))), new List<long>(steps));
        Objective<Triples> marked = (batch, rng) =>
        {
            marks.Add(GC.GetAllocatedBytesForCurrentThread());
            return world.Bpr(batch, rng);
        };
        world.Trainer(TrainingWorld.Options, new Stage<Triples>("marked", steps / TrainingWorld.StepsPerEpoch, marked)).Run(world.Start, TrainingWorld.Rng);
        Assert.Equal(steps, marks.Count);
        var each = (marks[^1] - marks[warm]) / (double)(steps - 1 - warm);
        Assert.True(each < 20_000, $"{each:F0} bytes a step");
    }

    private sealed class Listener(List<TrainingProgress> heard) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => heard.Add(value);
    }
}

/// <summary>The same bits with any number of threads: a tower wide enough that its products are shared out.</summary>
[Collection("Team")]
public sealed class TrainerThreadTests : IDisposable
{
    private readonly int _threads = Team.Threads;

    public void Dispose() => Team.Threads = _threads;

    [Fact]
    public void ThreadsDoNotChangeABit()
    {
        var results = new[] { 1, 2, 3 }.Select(threads =>
        {
            Team.Threads = threads;
            var model = new NeuMf(Blocks.Users, Blocks.Items, new NeuMfOptions(16, 0.1f));
            var trainer = new Trainer<LabeledPairs>(
                new ClickSource(Blocks.Train, 1024, 4, new Rng(1)), [new("clicks", 2, Objectives.LogLoss(model))], new TrainingOptions { Ahead = threads > 1 });
            return trainer.Run(model.Start(new Rng(2)), new Rng(3));
        }).ToArray();
        TrainingWorld.AssertSame(results[0].At, results[1].At);
        TrainingWorld.AssertSame(results[0].At, results[2].At);
        Assert.Equal(results[0].Curve, results[1].Curve);
    }
}
