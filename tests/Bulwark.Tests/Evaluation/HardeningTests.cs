using Bulwark.Attacks;
using Bulwark.Defenses;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Tests.Data;
using Bulwark.Tests.Training;
using Bulwark.Training;

namespace Bulwark.Tests.Evaluation;

public sealed class HardeningTests
{
    private static readonly HardeningOptions Options = new()
    {
        Epochs = 3, HardenEpochs = 4, Batch = 50, Epsilon = 0.3f, Relative = false, Weight = 1,
        Training = new TrainingOptions { Rule = new Adagrad(0.1f), Ahead = false },
    };

    [Fact]
    public void TheThreeModelsShareTheirFirstEpochs()
    {
        var models = Run(Options);
        Assert.Equal(["bpr", "bpr-long", "apr"], models.Select(model => model.Contender.Name));
        Assert.Equal([3, 7, 7], models.Select(model => model.Curve.Count));
        Assert.Equal(models[0].Curve, models[1].Curve.Take(3));
        Assert.Equal(models[0].Curve, models[2].Curve.Take(3));
        Assert.Equal(Enumerable.Range(1, 7), models[2].Curve.Select(epoch => epoch.Epoch));
        Assert.Equal(["bpr", "apr"], models[2].Curve.Select(epoch => epoch.Stage).Distinct());
        Assert.Same(models[0].Contender.Model, models[2].Contender.Model);
        Assert.Same(models[0].Contender.Loss, models[2].Contender.Loss);
    }

    /// <summary>The control is one plain training of all epochs, to the bit; the hardened model with a weight of 0 is the control.</summary>
    [Fact]
    public void TheControlIsOneLongPlainTraining()
    {
        var models = Run(Options);
        var whole = Run(Options with { Epochs = 7, HardenEpochs = 0 });
        TrainingWorld.AssertSame(whole[0].Contender.At, models[1].Contender.At);
        Assert.False(TrainingWorld.AreSame(models[1].Contender.At, models[2].Contender.At));
        var weightless = Run(Options with { Weight = 0 });
        TrainingWorld.AssertSame(weightless[1].Contender.At, weightless[2].Contender.At);
    }

    /// <summary>Without plain epochs the first model is the given start, to the bit, and the others leave it.</summary>
    [Fact]
    public void TrainingBeginsWhereItIsTold()
    {
        var model = new MatrixFactorization(Blocks.Users, Blocks.Items, new(8));
        var start = model.Start(new Rng(5));
        var models = Hardening.Run(Blocks.Train, () => model, Options with { Epochs = 0, Start = () => start }, 1);
        TrainingWorld.AssertSame(start, models[0].Contender.At);
        Assert.False(TrainingWorld.AreSame(start, models[1].Contender.At));
        Assert.Equal([0, 4, 4], models.Select(one => one.Curve.Count));
    }

    /// <summary>Two rounds of two epochs, each measured; with a target that holds there is none, and the hardened model is the plain one.</summary>
    [Fact]
    public void RoundsGoOnUntilTheTargetHolds()
    {
        var (model, asked) = (new MatrixFactorization(Blocks.Users, Blocks.Items, new(8)), 0);
        var objective = Objectives.Bpr(model);
        IReadOnlyList<HardenedModel> Trained(double target) => Hardening.Run(
            model, new TripleSource(Blocks.Train, 50, new Rng(1).Fork("batches")), objective, Hardening.AttackedLoss(Blocks.Train, objective, new Rng(1)), Options, 1,
            hardened: first => new()
            {
                Rounds = new(new(target, 2), done =>
                {
                    asked += done.Count;
                    return new("round", 2, new AdversarialTraining(GradientAscent.Fgsm, Hardening.ThreatOf(model, Options, 0.3f, first)).Harden(objective));
                }, _ => (1, 0.5)),
            });
        var hardened = Trained(target: 0.1)[^1];
        Assert.Equal([0, 1, 2], hardened.Rounds.Select(round => round.Round));
        Assert.Equal(1 + 2, asked);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], hardened.Curve.Select(epoch => epoch.Epoch));
        var reached = Trained(target: 0.5);
        TrainingWorld.AssertSame(reached[0].Contender.At, reached[2].Contender.At);
    }

    [Fact]
    public void SeedsDecideEverything()
    {
        TrainingWorld.AssertSame(Run(Options)[2].Contender.At, Run(Options)[2].Contender.At);
        Assert.False(TrainingWorld.AreSame(Run(Options)[0].Contender.At, Run(Options, seed: 2)[0].Contender.At));
    }

    public static TheoryData<string, HardeningOptions> Changes => new()
    {
        { "batch", Options with { Batch = 40 } }, { "negatives", Options with { Negatives = NegativeSampling.Popularity } },
        { "epsilon", Options with { Epsilon = 0.4f } }, { "relative", Options with { Relative = true } }, { "weight", Options with { Weight = 0.5f } }, { "attack", Options with { Attack = new Noise() } },
        { "moved", Options with { Moved = model => [model.Tables[0]] } },
        { "defense", Options with { Defense = (threat, weight) => new GradientPenalty(weight, [.. threat.Variables]) } },
        { "epochs", Options with { Epochs = 4 } }, { "harden epochs", Options with { HardenEpochs = 5 } },
        { "training", Options with { Training = new TrainingOptions { Rule = new Adam(0.02f), Ahead = false } } },
    };

    [Theory, MemberData(nameof(Changes))]
    public void EveryOptionChangesTheHardenedModel(string name, HardeningOptions changed) =>
        Assert.False(TrainingWorld.AreSame(Run(Options)[2].Contender.At, Run(changed)[2].Contender.At), $"{name} changes nothing");

    /// <summary>
    /// Hardening has a point: the attack it was trained against turns the control's ranking over, blocks or not, and leaves the hardened model's as it was.
    /// </summary>
    [Fact]
    public void UnderItsAttackTheHardenedModelRanksAboveTheControl()
    {
        var attack = new StudyAttack("fgsm", GradientAscent.Fgsm, [2], StudyAttack.Tables);
        var study = new Study(new RankingTask(Blocks.Train, Blocks.Test), [attack], [RankingMetrics.Ndcg(10)]);
        var options = Options with { Epochs = 10, HardenEpochs = 20, Epsilon = 2, Training = Options.Training with { Rule = new Adagrad(0.05f) } };
        var models = Hardening.Run(Blocks.Train, () => new MatrixFactorization(Blocks.Users, Blocks.Items, new(16)), options, 1);
        foreach (var model in models) study.Add(model.Contender, 1);
        Assert.All(models, model => Assert.True(Ndcg(model, "none", 0) > 0.95));
        Assert.True(Ndcg(models[1], "fgsm", 2) < 0.7, $"control {Ndcg(models[1], "fgsm", 2):F3}");
        Assert.True(Ndcg(models[2], "fgsm", 2) > 0.95, $"hardened {Ndcg(models[2], "fgsm", 2):F3}");

        double Ndcg(HardenedModel model, string attack, float epsilon) => study.Values(model.Contender.Name, attack, epsilon, "ndcg@10")[0];
    }

    [Fact]
    public void AttackersSeeEveryTrainingPairOnceWithFixedNegatives()
    {
        var model = new MatrixFactorization(Blocks.Users, Blocks.Items, new(4));
        var seen = new List<(int User, int Item, int Negative)>();
        Objective<Triples> spy = (batch, rng) =>
        {
            Assert.Null(rng);
            for (var b = 0; b < batch.Count; b++) seen.Add((batch.Users.Rows[b], batch.Positives.Rows[b], batch.Negatives.Rows[b]));
            return Objectives.Bpr(model)(batch, rng);
        };
        var loss = Hardening.AttackedLoss(Blocks.Train, spy, new Rng(1));
        Assert.Equal(Blocks.Train.Count, seen.Select(triple => (triple.User, triple.Item)).Distinct().Count());
        Assert.All(seen, triple => Assert.False(Blocks.Train.ByUser.Contains(triple.User, triple.Negative)));
        var at = model.Start(new Rng(2));
        Assert.Equal(loss(at).Item(), loss(at).Item());
    }

    /// <summary>Without a figure to validate by, curves hold none, and patience has nothing to stop on.</summary>
    [Fact]
    public void WithoutAFigureNothingIsValidated()
    {
        var options = Options with { Training = Options.Training with { ValidateEvery = 1, Patience = 1 } };
        var models = Run(options);
        Assert.All(models, model => Assert.All(model.Curve, epoch => Assert.Null(epoch.Validation)));
        Assert.Equal(7, models[2].Curve.Count);
        options = Options with { Training = Options.Training with { ValidateEvery = 1 } };
        var judged = Hardening.Run(Blocks.Train, Model, options, 1, (_, at) => at.Variables.Length);
        Assert.All(judged[1].Curve, epoch => Assert.Equal(2, epoch.Validation));
    }

    [Fact]
    public void ProgressNamesTheModelUnderWayInOrder()
    {
        var heard = new List<string>();
        Hardening.Run(Blocks.Train, Model, Options with { Names = ("a", "b", "c") }, 1, progress: new Listener(heard));
        Assert.Equal(["a", "b", "c"], heard.Distinct());
        Assert.Equal(heard.Order(), heard);
    }

    /// <summary>Canceled in the second training and resumed, all three are as if nothing had been.</summary>
    [Fact]
    public void ResumingGoesOnToTheBit()
    {
        using var folder = new TempFolder();
        var saving = Options with { Training = Options.Training with { Checkpoint = Path.Combine(folder.Path, "run"), Resume = true, ValidateEvery = 1 } };
        using var cancel = new CancellationTokenSource();
        var epochs = 0;
        Assert.Throws<OperationCanceledException>(() => Hardening.Run(Blocks.Train, Model, saving, 1, (_, _) =>
        {
            if (++epochs == 5) cancel.Cancel();
            return 0;
        }, cancel: cancel.Token));
        var (whole, resumed) = (Run(Options), Hardening.Run(Blocks.Train, Model, saving, 1, (_, _) => 0));
        for (var i = 0; i < 3; i++) TrainingWorld.AssertSame(whole[i].Contender.At, resumed[i].Contender.At);
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);
    }

    private static IPairModel Model() => new MatrixFactorization(Blocks.Users, Blocks.Items, new(4));

    private static IReadOnlyList<HardenedModel> Run(HardeningOptions options, ulong seed = 1) => Hardening.Run(Blocks.Train, Model, options, seed);

    private sealed class Listener(List<string> heard) : IProgress<(string Model, TrainingProgress Training)>
    {
        public void Report((string Model, TrainingProgress Training) value) => heard.Add(value.Model);
    }
}
