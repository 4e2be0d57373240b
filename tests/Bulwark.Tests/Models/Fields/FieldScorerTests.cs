using Bulwark.Attacks;
using Bulwark.Defenses;
using Bulwark.Evaluation;
using Bulwark.Models.Fields;
using Bulwark.Tensors;
using Bulwark.Tensors.Formats;
using Bulwark.Tests.Data;
using Bulwark.Tests.Training;
using Bulwark.Training;

namespace Bulwark.Tests.Models.Fields;

/// <summary>What every formula of fields must do.</summary>
public sealed class FieldScorerTests
{
    private static readonly FieldWorld World = new(1), Test = new(2, 600);
    private const float Radius = 0.03f;                      // small enough for the loss to be nearly straight, so that one step is nearly the best
    private static readonly DeepOptions Deep = new(4, 0, 0.2f, 8, 4);

    private static readonly Dictionary<string, Func<DeepOptions, IFieldScorer>> Scorers = new()
    {
        ["linear"] = _ => new FieldLinear(World.Shape),
        ["fm"] = options => new FactorizationMachine(World.Shape, options.Dimension, options.Deviation),
        ["mlp"] = options => new FieldMlp(World.Shape, options),
        ["deepfm"] = options => new DeepFm(World.Shape, options),
        ["wide-deep"] = options => new WideAndDeep(World.Shape, options),
        ["dcn"] = options => new DcnV2(World.Shape, 2, options),
    };

    private static readonly Dictionary<string, Lazy<(IFieldScorer Scorer, Point At)>> OnWorld = Scorers.ToDictionary(
        pair => pair.Key, pair => new Lazy<(IFieldScorer, Point)>(() => pair.Value(Deep) is var scorer ? (scorer, FieldWorld.Trained(scorer, World.Plain)) : default));

    public static TheoryData<string> All => [.. Scorers.Keys];

    public static TheoryData<string> Pairwise => [.. Scorers.Keys.Where(name => name != "linear")];

    public static TheoryData<string> Networks => [.. Scorers.Keys.Where(name => name is not ("linear" or "fm"))];

    /// <summary>Nine labels in ten follow the pair, so the best area is .9.</summary>
    [Theory, MemberData(nameof(Pairwise))]
    public void APlantedInteractionIsFoundByAllButTheLinearModel(string name)
    {
        var (scorer, at) = OnWorld[name].Value;
        var (linear, there) = OnWorld["linear"].Value;
        Assert.InRange(FieldWorld.Auc(scorer, at, Test.Plain), 0.85, 0.95);
        Assert.InRange(FieldWorld.Auc(linear, there, Test.Plain), 0.4, 0.6);
    }

    /// <summary>A cross of the two fields makes it linear; the network of wide and deep does not see the cross.</summary>
    [Fact]
    public void ACrossMakesItLinear()
    {
        var linear = new FieldLinear(new(World.Crossed));
        Assert.InRange(FieldWorld.Auc(linear, FieldWorld.Trained(linear, World.Crossed), Test.Crossed), 0.85, 0.95);
        var both = new WideAndDeep(new(World.Crossed), Deep);
        Assert.Equal(["embedding.a", "embedding.b", "embedding.c"], both.Tables.Select(table => table.Name));
        Assert.Contains("wide.a × b", both.Start(new Rng(1)).Variables.ToArray().Select(variable => variable.Name));
    }

    /// <summary>Central differences at every weight and at the numbers, in a batch of twelve, away from the start's zeros.</summary>
    [Theory, MemberData(nameof(All))]
    public void GradientsAreThoseOfFiniteDifferences(string name)
    {
        var (scorer, rng) = (Scorers[name](new(2, 0, 0.5f, 3)), new Rng(5));
        var at = scorer.Start(rng).Map((variable, value) => Tensor.Gaussian(value.Shape, 0.5f, rng.Fork(variable.Name))).With(World.Shape.Numbers, World.Batch.Numbers);
        foreach (var objective in new[] { FieldObjectives.LogLoss(scorer), FieldObjectives.SquaredError(scorer) })
        {
            var loss = objective(World.Batch, null);
            foreach (var variable in at.Variables.ToArray())
            {
                var analytic = Grad.Of(loss, at, variable).Move.TryGet(variable, out var g) ? g.Values.ToArray() : new float[at[variable].Shape.Count];
                for (var i = 0; i < analytic.Length; i++)
                {
                    float Moved(float by)
                    {
                        var moved = at[variable].Values.ToArray();
                        moved[i] += by;
                        return loss(at.With(variable, Tensor.Of(at[variable].Shape, moved))).Item();
                    }
                    var numeric = (Moved(0.003f) - Moved(-0.003f)) / 0.006f;
                    Assert.True(Math.Abs(numeric - analytic[i]) < 0.02f * Math.Max(1, Math.Abs(numeric)), $"{variable} [{i}]: {numeric}, {analytic[i]}");
                }
            }
        }
    }

    /// <summary>Every variable has a part in the score, and every name is a variable's own.</summary>
    [Theory, MemberData(nameof(All))]
    public void EveryVariableMattersAndIsSavedAndReadBack(string name)
    {
        var (scorer, at) = OnWorld[name].Value;
        var scores = ClickMetrics.Scores(scorer, at, Test.Plain);
        foreach (var variable in at.Variables.ToArray())
        {
            var other = at.With(variable, at[variable] + Tensor.Gaussian(at[variable].Shape, 0.5f, new Rng(1)));
            Assert.NotEqual(scores, ClickMetrics.Scores(scorer, other, Test.Plain));
        }
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "weights");
        Safetensors.Write(path, [.. at.Variables.ToArray().Select(variable => (variable.Name, at[variable]))], new Dictionary<string, string>());
        var saved = Safetensors.Read(path).Entries.ToDictionary(entry => entry.Name, entry => entry.Value);
        var fresh = Scorers[name](Deep);
        var read = fresh.Start(new Rng(9)).Map((variable, _) => saved[variable.Name]);
        Assert.Equal(scores, ClickMetrics.Scores(fresh, read, Test.Plain));
    }

    [Theory, MemberData(nameof(All))]
    public void TrainingAgainGivesTheSameBits(string name)
    {
        var scorer = Scorers[name](Deep with { Dropout = 0.2f });
        TrainingWorld.AssertSame(FieldWorld.Trained(scorer, World.Plain, 1), FieldWorld.Trained(scorer, World.Plain, 1));
    }

    [Theory, MemberData(nameof(Networks))]
    public void EveryOptionChangesTheResult(string name)
    {
        var plain = Trained(Deep);
        Assert.NotEqual(plain, Trained(Deep with { Dimension = 5 }));
        Assert.NotEqual(plain, Trained(Deep with { Dropout = 0.3f }));
        Assert.NotEqual(plain, Trained(Deep with { Deviation = 0.1f }));
        Assert.NotEqual(plain, Trained(Deep with { Layers = [8] }));

        float[] Trained(DeepOptions options)
        {
            var scorer = Scorers[name](options);
            return ClickMetrics.Scores(scorer, FieldWorld.Trained(scorer, World.Plain, 1), Test.Plain);
        }
    }

    /// <summary>A step on the numbers raises the loss and stays in its ball; so does one on the tables; many small steps go about as far; no radius is no move.</summary>
    [Theory, MemberData(nameof(All))]
    public void NumbersAndTablesCanBeAttacked(string name)
    {
        var (scorer, trained) = OnWorld[name].Value;
        var (at, loss) = (trained.With(scorer.Shape.Numbers, World.Batch.Numbers), FieldObjectives.LogLoss(scorer)(World.Batch, null));
        foreach (var threat in new[] { new Threat(new LinfBall(Radius), scorer.Shape.Numbers), new Threat(new L2Ball(Radius), scorer.Tables) })
        {
            var (clean, once, often) = (loss(at).Item(), After(GradientAscent.Fgsm), After(GradientAscent.Pgd(20)));
            Assert.True(clean < once && often > clean + 0.95f * (once - clean), $"{clean}, {once}, {often}");
            Assert.True(GradientAscent.Pgd(10).Find(loss, at, new Threat(new LinfBall(0), threat.Variables), new Rng(1)).IsZero);

            float After(IAttack attack)
            {
                var move = threat.Project(at, attack.Find(loss, at, threat, new Rng(1)));
                if (move.TryGet(scorer.Shape.Numbers, out var delta)) Assert.InRange(delta.Values.ToArray().Max(Math.Abs), 0.5f * Radius, 1.0001f * Radius);
                return loss(at + move).Item();
            }
        }
    }

    /// <summary>The defense that recommenders have, inside the objective that brings the numbers, which say nothing here: weights that lean on them less.</summary>
    [Fact]
    public void AdversarialTrainingOnNumbers()
    {
        var (scorer, batch) = (Scorers["deepfm"](Deep), new FieldBatch(World.Shape));
        batch.Fill(Test.Plain, [.. Enumerable.Range(0, Test.Plain.Count)]);
        var threat = new Threat(new LinfBall(0.5f), scorer.Shape.Numbers);
        var hardened = FieldWorld.Trained(scorer, World.Plain, 10, new AdversarialTraining(GradientAscent.Fgsm, threat).Harden(FieldObjectives.LogLoss(scorer)));
        var plain = FieldWorld.Trained(scorer, World.Plain, 10);
        var loss = FieldObjectives.LogLoss(scorer)(batch, null);
        Assert.True(Attacked(hardened) < Attacked(plain), $"{Attacked(hardened)}, {Attacked(plain)}");

        float Attacked(Point weights)
        {
            var at = weights.With(scorer.Shape.Numbers, batch.Numbers);
            return loss(at + GradientAscent.Pgd(10).Find(loss, at, threat, new Rng(1))).Item();
        }
    }
}
