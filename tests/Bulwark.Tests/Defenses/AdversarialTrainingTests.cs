using Bulwark.Attacks;
using Bulwark.Defenses;
using Bulwark.Models.Content;
using Bulwark.Models.Neural;
using Bulwark.Tensors;
using Bulwark.Tests.Attacks;
using Bulwark.Tests.Training;
using Bulwark.Training;

namespace Bulwark.Tests.Defenses;

public sealed class AdversarialTrainingTests
{
    private const float Epsilon = 0.3f, Weight = 0.7f;

    /// <summary>∇ of the hardened loss = ∇L(x) + λ ∇L(x + δ) with δ a constant: no derivative passes through the search.</summary>
    [Fact]
    public void TheMoveIsAConstant()
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var (plain, threat) = (Objectives.Bpr(model), new Threat(new L2Ball(Epsilon), model.Tables));
        foreach (var attack in new IAttack[] { GradientAscent.Fgsm, GradientAscent.Pgd(3), new Noise(), new Growth() })
        {
            var hardened = Grad.Of(new AdversarialTraining(attack, threat, Weight).Harden(plain)(batch, new Rng(5)), at);
            var loss = plain(batch, null);
            var move = attack.Find(loss, at, threat, new Rng(5).Fork("attack"));
            var (clean, moved) = (Grad.Of(loss, at), Grad.Of(loss, at + move));
            Assert.Equal(clean.Value.Item() + Weight * moved.Value.Item(), hardened.Value.Item(), 1e-3f);
            foreach (var table in model.Tables)
            {
                var (sum, found) = ((clean.Move[table] + moved.Move[table] * Weight).Values.ToArray(), hardened.Move[table].Values.ToArray());
                for (var i = 0; i < sum.Length; i++) Assert.Equal(sum[i], found[i], 2e-5f);
            }
        }
    }

    /// <summary>A gradient shared with training is a constant; where it will be differentiated again, as by a penalty, the clean loss stays a formula.</summary>
    [Fact]
    public void AGradientIsSharedOnlyWhereNobodyDifferentiatesItAgain()
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var (plain, threat) = (Objectives.Bpr(model), new Threat(new L2Ball(Epsilon), model.Tables));
        var (shared, apart) = (Penalized(GradientAscent.Fgsm), Penalized(new Other(GradientAscent.Fgsm)));
        foreach (var table in model.Tables) Assert.Equal(apart[table].Values.ToArray(), shared[table].Values.ToArray());

        Move Penalized(IAttack attack) =>
            Grad.Of(new GradientPenalty(1, model.Tables).Harden(new AdversarialTraining(attack, threat, Weight).Harden(plain))(batch, new Rng(5)), at).Move;
    }

    private sealed record Other(IAttack Same) : IAttack
    {
        public Move Find(Loss loss, Point at, Threat threat, Rng rng) => Same.Find(loss, at, threat, rng);
    }

    /// <summary>By differences of L(x) + λ L(x + δ) at the δ of the start.</summary>
    [Fact]
    public void TheGradientIsThatOfDifferencesAtAFixedMove()
    {
        const float step = 0.02f;
        var (model, at, batch) = AttackWorld.Bpr();
        var (plain, threat) = (Objectives.Bpr(model), new Threat(new L2Ball(Epsilon), model.Tables));
        var gradient = Grad.Of(new AdversarialTraining(GradientAscent.Fgsm, threat, Weight).Harden(plain)(batch, new Rng(5)), at).Move;
        var loss = plain(batch, null);
        var move = GradientAscent.Fgsm.Find(loss, at, threat, new Rng(1)).Keep();
        var rng = new Rng(2);
        for (var trial = 0; trial < 5; trial++)
        {
            var direction = new Move([.. model.Tables.Select(table => (table, Tensor.Gaussian(at[table].Shape, 0.3f, rng)))]);
            var expected = (8 * (Along(step) - Along(-step)) - (Along(2 * step) - Along(-2 * step))) / (12 * step);
            var inner = model.Tables.Sum(table => (gradient[table] * direction[table]).Sum().Item());
            Assert.Equal(expected, inner, 2e-3 * Math.Max(1, Math.Abs(inner)));

            double Along(float t) => Value(at + direction * t);
        }

        double Value(Point point) => loss(point).Item() + (double)Weight * loss(point + move).Item();
    }

    /// <summary>The golden test of adversarial personalized ranking: hardened − (1 + λ) L(x) = λ ε Σ_rows ‖Γ_row‖ for small ε, and above 0.</summary>
    [Fact]
    public void TheHardenedLossExceedsTheCleanByEpsilonTimesRowNorms()
    {
        const float small = 2e-3f;
        var (model, at, batch) = AttackWorld.Bpr();
        var plain = Objectives.Bpr(model);
        var (clean, gradient) = Grad.Of(plain(batch, null), at);
        var norms = model.Tables.Sum(table => gradient[table].Stored.Values.ToArray().Chunk(6).Sum(row => Math.Sqrt(row.Sum(x => (double)x * x))));
        var hardened = new AdversarialTraining(GradientAscent.Fgsm, new Threat(new L2Ball(small), model.Tables)).Harden(plain);
        var excess = hardened(batch, new Rng(1))(at).Item() - 2 * clean.Item();
        Assert.InRange(excess / (small * norms), 0.97, 1.03);
    }

    [Fact]
    public void AWeightOfZeroIsTheCleanLoss()
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var plain = Objectives.Bpr(model);
        var hardened = new AdversarialTraining(GradientAscent.Fgsm, new Threat(new L2Ball(Epsilon), model.Tables), 0).Harden(plain);
        var (clean, same) = (Grad.Of(plain(batch, null), at), Grad.Of(hardened(batch, new Rng(1)), at));
        Assert.Equal(clean.Value.Item(), same.Value.Item());
        foreach (var table in model.Tables) Assert.Equal(clean.Move[table].Values.ToArray(), same.Move[table].Values.ToArray());
    }

    /// <summary>The loss that the attack is given is the deterministic one, though training's drops.</summary>
    [Fact]
    public void TheAttackSeesNoDropout()
    {
        var model = new NeuMf(10, 10, new NeuMfOptions(4, 0.5f));
        var at = model.Start(new Rng(1)).Map((_, value) => value * 10);
        var (_, _, batch) = AttackWorld.Bpr(1, 10, 10);
        var (plain, spy) = (Objectives.Bpr(model), new Spy());
        var threat = new Threat(new L2Ball(Epsilon), model.Tables);
        var hardened = new AdversarialTraining(spy, threat).Harden(plain)(batch, new Rng(3))(at).Item();
        var (quiet, dropping) = (plain(batch, null)(at).Item(), plain(batch, new Rng(3))(at).Item());
        Assert.NotEqual(quiet, dropping);
        Assert.Equal([quiet, quiet], spy.Seen);
        Assert.Equal(2 * dropping, hardened, 1e-3f);             // the spy moves nothing; training itself drops in both terms
    }

    /// <summary>
    /// Adversarial multimedia recommendation (Tang et al. 2019): the same on item features. The rows that move are those of both items of each triple, each by ε,
    /// and training against it loses less under the attack on features than training for as long without.
    /// </summary>
    [Fact]
    public void FeaturesOfBothItemsMoveAndCanBeDefended()
    {
        var features = Tensor.Of((Blocks.Items, 4), [.. Enumerable.Range(0, Blocks.Items * 4).Select(n => n % 4 / 2 == n / 4 / Blocks.ItemsEach ? 1f : 0)]) +
            Tensor.Gaussian((Blocks.Items, 4), 0.3f, new Rng(4));
        var model = new Vbpr(Blocks.Users, features, Blocks.Train.ItemCounts(), new(2, 4));
        var (world, threat) = (new TrainingWorld(model), new Threat(new L2Ball(0.5f), model.Features));
        var batch = TrainingWorld.Source.Create();
        TrainingWorld.Source.Fill(batch, 0);
        var (loss, plain) = (world.Bpr(batch, null), Trained(world.Bpr));
        var move = GradientAscent.Fgsm.Find(loss, plain, threat, new Rng(1))[model.Features];
        Assert.Equal(batch.Positives.Rows.ToArray().Union(batch.Negatives.Rows.ToArray()).Order(), move.StoredRows.ToArray().Order());
        Assert.All(move.Stored.NormOfRows().Values.ToArray(), norm => Assert.Equal(0.5f, norm, 1e-4f));
        var robust = Trained(new AdversarialTraining(GradientAscent.Fgsm, threat).Harden(world.Bpr));
        Assert.True(Growth(robust) < 0.9 * Growth(plain), $"×{Growth(plain)} plain, ×{Growth(robust)} hardened");

        Point Trained(Objective<Triples> objective) =>
            world.Trainer(TrainingWorld.Options, new Stage<Triples>("all", 20, objective)).Run(world.Start, TrainingWorld.Rng).At;
        float Growth(Point at) => loss(at + GradientAscent.Pgd(10).Find(loss, at, threat, new Rng(1))).Item() - loss(at).Item();
    }

    /// <summary>Without randomness (an evaluation) the hardened loss is deterministic, and with it the attack follows the step's stream.</summary>
    [Fact]
    public void TheSearchFollowsTheStepsStream()
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var hardened = new AdversarialTraining(new Noise(), new Threat(new L2Ball(1), model.Tables)).Harden(Objectives.Bpr(model));
        Assert.Equal(Value(new Rng(1)), Value(new Rng(1)));
        Assert.NotEqual(Value(new Rng(1)), Value(new Rng(2)));
        Assert.Equal(Value(null), Value(null));

        float Value(Rng? rng) => hardened(batch, rng)(at).Item();
    }

    [Fact]
    public void DefensesCompose()
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var threat = new Threat(new L2Ball(0.1f), model.Tables);
        IDefense fgsm = new AdversarialTraining(GradientAscent.Fgsm, threat), noise = new AdversarialTraining(new Noise(), threat, 0.5f);
        var plain = Objectives.Bpr(model);
        var (single, twice) = (fgsm.Harden(plain)(batch, new Rng(1)), noise.Harden(fgsm.Harden(plain))(batch, new Rng(1)));
        Assert.Equal(1.5f * single(at).Item(), twice(at).Item(), 0.3f * single(at).Item());
        Assert.NotEqual(1.5f * single(at).Item(), twice(at).Item());
        Assert.NotEmpty(Grad.Of(twice, at).Move.Variables.ToArray());
    }

    /// <summary>A move that is a smooth function of the point: were it no constant, its derivative would show.</summary>
    private sealed class Growth : IAttack
    {
        public Move Find(Loss loss, Point at, Threat threat, Rng rng) => new([.. threat.Variables.Select(variable => (variable, at[variable] * 0.2f))]);
    }

    private sealed class Spy : IAttack
    {
        public List<float> Seen { get; } = [];

        public Move Find(Loss loss, Point at, Threat threat, Rng rng)
        {
            Seen.AddRange([loss(at).Item(), loss(at).Item()]);
            return Move.Zero;
        }
    }
}
