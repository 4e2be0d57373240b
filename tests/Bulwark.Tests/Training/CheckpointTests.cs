using Bulwark.Models.Factorization;
using Bulwark.Models.Neural;
using Bulwark.Tensors;
using Bulwark.Tensors.Formats;
using Bulwark.Tensors.Optimizers;
using Bulwark.Tests.Data;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "run.safetensors");

    private TrainingOptions Saving => TrainingWorld.Options with { Checkpoint = File, Resume = true, Rule = new Adam(0.02f), Schedule = Schedules.WarmUp(20) };

    public void Dispose() => _folder.Dispose();

    /// <summary>Canceled inside an epoch, at its end, at the end of all, and twice: weights, optimizer state and curve are as if nothing had been.</summary>
    [Theory]
    [InlineData(0, 3)]
    [InlineData(0, 20)]
    [InlineData(0, 6, 7, 18)]
    [InlineData(0, 36)]
    [InlineData(2, 3)]
    [InlineData(2, 20)]
    [InlineData(2, 10, 24, 25)]
    public void ResumingGoesOnToTheBit(int patience, params int[] stops)
    {
        var whole = Train(patience, null, CancellationToken.None);
        foreach (var stop in stops)
        {
            using var cancel = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => Train(patience, File, cancel.Token, stop, cancel));
        }
        var resumed = Train(patience, File, CancellationToken.None);
        TrainingWorld.AssertSame(whole.At, resumed.At);
        Assert.Equal(whole.Curve, resumed.Curve);
        Assert.Equal(whole.BestEpoch, resumed.BestEpoch);
        AssertSameEnd(whole, resumed);
    }

    /// <summary>With dropout, whose stream follows the step, and with batches filled ahead.</summary>
    [Fact]
    public void ResumingGoesOnWithDropoutToTheBit()
    {
        var whole = Train(0, null, CancellationToken.None, neural: true);
        using var cancel = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Train(0, File, cancel.Token, 8, cancel, neural: true));
        var resumed = Train(0, File, CancellationToken.None, neural: true);
        TrainingWorld.AssertSame(whole.At, resumed.At);
        AssertSameEnd(whole, resumed);
    }

    /// <summary>A finished training that is resumed returns what it returned, also when it had stopped early.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void ResumingWhatIsFinishedTrainsNoMore(int patience)
    {
        var (first, again) = (Train(patience, File, CancellationToken.None), Train(patience, File, CancellationToken.None));
        TrainingWorld.AssertSame(first.At, again.At);
        Assert.Equal(first.Curve, again.Curve);
        Assert.Equal(patience > 0 ? (5, 3) : (6, 6), (first.Curve.Count, first.BestEpoch));
    }

    [Fact]
    public void WithoutResumeACheckpointIsIgnored()
    {
        var world = new TrainingWorld();
        var first = world.Run(2, Saving);
        var other = world.Run(2, Saving with { Resume = false, L2 = 0.1f });
        Assert.False(TrainingWorld.AreSame(first.At, other.At));
        TrainingWorld.AssertSame(world.Run(2, Saving with { Checkpoint = null, L2 = 0.1f }).At, other.At);
    }

    /// <summary>Continue after 2 epochs, then 3 more, is 5 epochs: weights, state, and the batches that follow.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ContinuingIsOneLongTraining(bool neural)
    {
        var world = World(neural);
        var options = Saving with { Checkpoint = null };
        var whole = world.Run(5, options);
        var half = world.Run(2, options);
        var before = half.At.Keep();
        var rest = world.Trainer(options, new Stage<Triples>("plain", 3, world.Bpr)).Continue(half, TrainingWorld.Rng);
        TrainingWorld.AssertSame(whole.At, rest.At);
        TrainingWorld.AssertSame(before, half.At);           // the first result stays as it was
        AssertSameEnd(whole, rest);
        Assert.Equal(whole.Curve.Skip(2).Select(epoch => epoch.Loss), rest.Curve.Select(epoch => epoch.Loss));
        var twice = world.Trainer(options, new Stage<Triples>("plain", 3, world.Bpr)).Continue(half, TrainingWorld.Rng);
        TrainingWorld.AssertSame(rest.At, twice.At);
    }

    [Fact]
    public void AContinuedTrainingResumesToTheBit()
    {
        var world = new TrainingWorld();
        var half = world.Run(2, Saving with { Checkpoint = null });
        var whole = world.Run(5, Saving with { Checkpoint = null });
        using var cancel = new CancellationTokenSource();
        Stage<Triples> Stage(int stop)
        {
            var steps = 0;
            return new("plain", 3, (batch, rng) =>
            {
                if (++steps == stop) cancel.Cancel();
                return world.Bpr(batch, rng);
            });
        }
        Assert.Throws<OperationCanceledException>(() => world.Trainer(Saving, Stage(8)).Continue(half, TrainingWorld.Rng, cancel: cancel.Token));
        var rest = world.Trainer(Saving, Stage(0)).Continue(half, TrainingWorld.Rng);
        TrainingWorld.AssertSame(whole.At, rest.At);
        Assert.Throws<TrainingException>(() => world.Run(3, Saving));        // the same stages, but from another beginning
    }

    public static TheoryData<string> Others => ["epochs", "stage", "rule", "seed", "batch", "L2", "clip norm", "patience", "drop", "replays", "size"];

    [Theory, MemberData(nameof(Others))]
    public void ACheckpointOfAnotherTrainingIsRefused(string difference)
    {
        new TrainingWorld().Run(2, Saving);
        var world = difference == "size" ? new TrainingWorld(new MatrixFactorization(Blocks.Users, Blocks.Items, new(5))) : new TrainingWorld();
        var options = difference switch
        {
            "rule" => Saving with { Rule = new Adam(0.03f) },
            "L2" => Saving with { L2 = 0.1f },
            "clip norm" => Saving with { ClipNorm = 1 },
            "drop" => Saving with { MostDrop = 1 },
            "replays" => Saving with { Replays = 2 },
            "patience" => Saving with { Patience = 1, ValidateEvery = 1 },
            _ => Saving,
        };
        var trainer = new Trainer<Triples>(
            new TripleSource(Blocks.Train, difference == "batch" ? 30 : 50, new Rng(3)),
            [new(difference == "stage" ? "other" : "plain", difference == "epochs" ? 3 : 2, world.Bpr)], options);
        var problem = Assert.Throws<TrainingException>(() => trainer.Run(world.Start, difference == "seed" ? new Rng(9) : TrainingWorld.Rng, _ => 0));
        Assert.StartsWith($"{File} belongs to another training", problem.Message);
        Assert.EndsWith("resume with the same settings.", problem.Message);
    }

    [Fact]
    public void OtherTensorsAreNoCheckpoint()
    {
        Safetensors.Write(File, [("users", Tensor.Zeros((2, 2)))]);
        var problem = Assert.Throws<TrainingException>(() => new TrainingWorld().Run(2, Saving));
        Assert.Equal($"{File} is not a training checkpoint; remove it or train without resuming.", problem.Message);
    }

    private TrainingResult Train(
        int patience, string? file, CancellationToken token, int stop = 0, CancellationTokenSource? cancel = null, bool neural = false)
    {
        var (world, steps) = (World(neural), file is not null && System.IO.File.Exists(file) ? Steps(file) : 0);
        Objective<Triples> counted = (batch, rng) =>
        {
            if (++steps == stop) cancel!.Cancel();
            return world.Bpr(batch, rng);
        };
        var options = Saving with { Checkpoint = file, ValidateEvery = 1, Patience = patience, Ahead = neural };
        return world.Trainer(options, new("a", 2, counted), new("b", 4, counted, FreshState: true)).Run(world.Start, TrainingWorld.Rng, Figure, cancel: token);
    }

    /// <summary>A figure of the point alone. Rows grow in training: it is best at the first epoch of the last stage, and patience 2 stops after the third.</summary>
    private static double Figure(Point at) => -at[at.Variables[0]].MeanRowNorm();

    /// <summary>How many steps a checkpoint has behind it.</summary>
    private static int Steps(string file) =>
        int.Parse(System.Text.RegularExpressions.Regex.Match(Safetensors.Read(file).Metadata["run"], "\"Step\":(\\d+)").Groups[1].Value);

    private static TrainingWorld World(bool neural) =>
        neural ? new TrainingWorld(new NeuMf(Blocks.Users, Blocks.Items, new NeuMfOptions(4, 0.2f))) : new TrainingWorld();

    private static void AssertSameEnd(TrainingResult expected, TrainingResult actual)
    {
        Assert.Equal((expected.End.Step, expected.End.OptimizerSteps), (actual.End.Step, actual.End.OptimizerSteps));
        Assert.Equal(expected.End.Entries.Select(entry => entry.Name), actual.End.Entries.Select(entry => entry.Name));
        foreach (var (a, b) in expected.End.Entries.Zip(actual.End.Entries)) Assert.Equal(a.Value.Values.ToArray(), b.Value.Values.ToArray());
    }
}
