using Bulwark.Attacks;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Attacks;

public sealed class GradientAscentTests
{
    /// <summary>
    /// The identity of adversarial personalized ranking: one step of ε along each row's Γ / ‖Γ‖ raises the loss by ε Σ_rows ‖Γ_row‖, to first order. A
    /// wrong sign makes it fall; a stale or averaged direction makes it rise less.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void OneStepRaisesTheLossByEpsilonTimesTheRowNormsOfTheGradient(ulong seed)
    {
        const float epsilon = 2e-3f;
        var (model, at, batch) = AttackWorld.Bpr(seed);
        var loss = Objectives.Bpr(model)(batch, null);
        var (clean, gradient) = Grad.Of(loss, at);
        var norms = 0.0;
        foreach (var table in model.Tables)
            norms += gradient[table].Stored.Values.ToArray().Chunk(6).Sum(row => Math.Sqrt(row.Sum(x => (double)x * x)));
        var move = GradientAscent.Fgsm.Find(loss, at, new Threat(new L2Ball(epsilon), model.Tables), new Rng(1));
        var rise = loss(at + move).Item() - clean.Item();
        Assert.True(rise > 0);
        Assert.InRange(rise / (epsilon * norms), 0.98, 1.02);
        foreach (var table in model.Tables) Assert.True(move[table].IsSparse);
    }

    /// <summary>FGSM in an L∞ ball turns the sign of w · x iff ε ‖w‖₁ > margin.</summary>
    [Fact]
    public void FgsmFlipsALinearModelIffItsL1NormReachesTheMargin()
    {
        var rng = new Rng(1);
        for (var trial = 0; trial < 50; trial++)
        {
            float[] w = AttackWorld.Draw(rng, 7), x = AttackWorld.Draw(rng, 7);
            var margin = w.Zip(x, (a, b) => a * b).Sum();
            if (margin < 0.05f) continue;
            var reach = margin / w.Sum(Math.Abs);
            Assert.True(MarginAfter(new LinfBall(0.99f * reach)) > 0);
            Assert.True(MarginAfter(new LinfBall(1.01f * reach)) < 0);

            float MarginAfter(Ball ball) => -AttackWorld.Worst(GradientAscent.Fgsm, AttackWorld.Linear(w), AttackWorld.At(x), ball);
        }
    }

    /// <summary>The shortest move is margin / ‖w‖₂ in L2 and margin / max |w| in L1: one step finds it.</summary>
    [Fact]
    public void OneStepFindsTheShortestMoveOfALinearModel()
    {
        var rng = new Rng(2);
        for (var trial = 0; trial < 50; trial++)
        {
            float[] w = AttackWorld.Draw(rng, 5), x = AttackWorld.Draw(rng, 5);
            var margin = w.Zip(x, (a, b) => a * b).Sum();
            if (margin < 0.05f) continue;
            foreach (var (shortest, ball) in new (float, Func<float, Ball>)[]
            {
                (margin / MathF.Sqrt(w.Sum(v => v * v)), epsilon => new L2Ball(epsilon)), (margin / w.Max(Math.Abs), epsilon => new L1Ball(epsilon)),
            })
            {
                Assert.True(AttackWorld.Worst(GradientAscent.Fgm, AttackWorld.Linear(w), AttackWorld.At(x), ball(0.99f * shortest)) < 0);
                Assert.True(AttackWorld.Worst(GradientAscent.Fgm, AttackWorld.Linear(w), AttackWorld.At(x), ball(1.01f * shortest)) > 0);
            }
        }
    }

    /// <summary>
    /// On batches of BPR: ten steps, the best kept, find at least what one finds, and one step finds more than noise of its size. From a random point
    /// they come as near as steps of 2.5 ε in all can turn: where the loss is almost linear, one step is all but the best there is.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ManyStepsBeatOneAndOneBeatsNoise(ulong seed)
    {
        var (model, at, batch) = AttackWorld.Bpr(seed);
        var loss = Objectives.Bpr(model)(batch, null);
        foreach (var epsilon in new[] { 0.05f, 0.3f, 1 })
        {
            var threat = new Threat(new L2Ball(epsilon), model.Tables);
            var clean = loss(at).Item();
            var (noise, one, bim, pgd) = (Find(new Noise()), Find(GradientAscent.Fgsm), Find(GradientAscent.Bim(10)), Find(GradientAscent.Pgd(10)));
            Assert.True(clean < one && noise < one && one <= bim && one - clean <= 1.04f * (pgd - clean), $"{clean}, {noise}, {one}, {bim}, {pgd}");
            if (epsilon == 1) Assert.True(one <= pgd, $"one {one}, pgd {pgd}");

            float Find(IAttack attack) => loss(at + attack.Find(loss, at, threat, new Rng(1))).Item();
        }
    }

    [Fact]
    public void MoreRestartsAreNeverWorse()
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var loss = Objectives.Bpr(model)(batch, null);
        var (threat, better) = (new Threat(new L2Ball(0.8f), model.Tables), 0);
        for (ulong seed = 0; seed < 5; seed++)
        {
            var before = float.NegativeInfinity;
            for (var restarts = 1; restarts <= 4; restarts++)
            {
                var found = loss(at + GradientAscent.Pgd(2, restarts).Find(loss, at, threat, new Rng(seed))).Item();
                Assert.True(found >= before);
                if (restarts > 1 && found > before) better++;
                before = found;
            }
        }
        Assert.True(better > 0, "no restart ever found more");
    }

    /// <summary>A loss with its peak where the search happens to start: every later iterate is lower, and what is kept is the start.</summary>
    [Fact]
    public void TheRandomStartIsAnIterateToo()
    {
        var threat = new Threat(new L2Ball(1), AttackWorld.X);
        var at = AttackWorld.At(0, 0, 0);
        var seen = new List<(float Value, float[] X)>();
        Tensor Peak(Point point)
        {
            var x = point[AttackWorld.X];
            var values = x.Fixed().Values.ToArray();
            var height = values.All(value => value == 0) ? -5 : seen.Any(s => s.X.Any(value => value != 0) && !s.X.SequenceEqual(values)) ? -1 : 2;
            seen.Add((height, values));
            return x.Sum() * 1e-3f + height;
        }
        var move = new GradientAscent(5, 0.5f, RandomStart: true).Find(Peak, at, threat, new Rng(1));
        var start = seen.First(s => s.X.Any(value => value != 0));
        Assert.Equal(start.X, move[AttackWorld.X].Values.ToArray());
    }

    /// <summary>A loss that only falls: a search of several steps gives back no move rather than a bad one.</summary>
    [Fact]
    public void ASearchThatFindsNothingLeavesThePointAlone()
    {
        var calls = 0;
        Loss falling = at => at[AttackWorld.X].Sum() - 100 * calls++;
        var threat = new Threat(new L2Ball(1), AttackWorld.X);
        Assert.True(new GradientAscent(4, 0.5f).Find(falling, AttackWorld.At(0, 0), threat, new Rng(1)).IsZero);
        Assert.True(GradientAscent.Pgd(4, restarts: 2).Find(falling, AttackWorld.At(0, 0), threat, new Rng(1)).IsZero);
    }

    public static TheoryData<GradientAscent, GradientAscent> Changes => new()
    {
        { new(4, 0.3f), new(5, 0.3f) }, { new(4, 0.3f), new(4, 0.2f) }, { new(4, 0.3f), new(4, 0.3f, RandomStart: true) },
        { new(4, 0.3f), new(4, 0.3f, Momentum: 0.9f) }, { new(4, 0.3f, Momentum: 0.9f), new(4, 0.3f, Momentum: 0.5f) },
        { new(1, 0.3f, RandomStart: true), new(1, 0.3f, RandomStart: true, Restarts: 6) }, { new(1, 1), new(1, 0.5f) },
    };

    [Theory, MemberData(nameof(Changes))]
    public void EverySettingChangesTheMove(GradientAscent first, GradientAscent second)
    {
        var (model, at, batch) = AttackWorld.Bpr();
        Assert.Equal(Values(first, 1), Values(first, 1));
        Assert.NotEqual(Values(first, 1), Values(second, 1));
        if (first.RandomStart) Assert.NotEqual(Values(first, 1), Values(first, 2));

        float[] Values(IAttack attack, ulong seed) =>
            attack.Find(Objectives.Bpr(model)(batch, null), at, new Threat(new L2Ball(0.6f), model.Tables), new Rng(seed))[model.Items].Values.ToArray();
    }

    /// <summary>Where the clean gradient is zero, x² at 0, a search from a Gaussian start finds the edge of the ball, and one from the clean point nothing.</summary>
    [Fact]
    public void AGaussianStartLeavesAPointWithoutASlope()
    {
        var threat = new Threat(new LinfBall(0.5f), AttackWorld.X);
        Loss square = point => (point[AttackWorld.X] * point[AttackWorld.X]).Sum();
        var at = AttackWorld.At(0);
        Assert.Equal(0.25f, Found(GradientAscent.Bim(8) with { StartDeviation = 0.001f }), 1e-5f);
        Assert.Equal(0, Found(GradientAscent.Bim(8)));

        float Found(IAttack attack) => square(at + attack.Find(square, at, threat, new Rng(1))).Item();
    }

    [Fact]
    public void NamedAttacksAreSettings()
    {
        Assert.Equal(new GradientAscent(1, 1), GradientAscent.Fgm);
        Assert.Equal(new GradientAscent(10, 0.25f), GradientAscent.Bim(10));
        Assert.Equal(new GradientAscent(10, 0.25f, RandomStart: true, Restarts: 2), GradientAscent.Pgd(10, 2));
        Assert.Equal(new GradientAscent(10, 0.1f, Momentum: 1), GradientAscent.MiFgsm(10));
    }

    /// <summary>
    /// Momentum worked by hand. The gradient of 3x + y at every point is (3, 1), of size 4; sums keep its direction, so that two half steps end at ε along
    /// it. With μ = 1 the gradient at the second step of x² − y, of other size, is weighed by size: (.75, .25) + g/‖g‖₁.
    /// </summary>
    [Fact]
    public void MomentumAddsGradientsOfSizeOne()
    {
        var (calls, a, b) = (0, Tensor.Of((1, 2), 3, 1), Tensor.Of((1, 2), -10, 30));
        Loss turning = at => (at[AttackWorld.X] * (calls++ == 0 ? a : b)).Sum() + 100 * calls;    // a gradient that turns, and a value that grows
        var move = GradientAscent.MiFgsm(2).Find(turning, AttackWorld.At(0, 0), new Threat(new LinfBall(1), AttackWorld.X), new Rng(1));
        // First sign (3, 1) / 2 = (.5, .5); then m = (.75, .25) + (−.25, .75) = (.5, 1): again (.5, .5). Without momentum (−, +): (0, 1).
        Assert.Equal([1, 1], move[AttackWorld.X].Values.ToArray());
        calls = 0;
        move = new GradientAscent(2, 0.5f).Find(turning, AttackWorld.At(0, 0), new Threat(new LinfBall(1), AttackWorld.X), new Rng(1));
        Assert.Equal([0, 1], move[AttackWorld.X].Values.ToArray());
    }

    /// <summary>The same loss, once with rows picked and once with a one-hot product, whose gradient is dense.</summary>
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(6, 0.3f, 0)]
    [InlineData(6, 0.3f, 0.8f)]
    public void RowSparseAndDenseGradientsGiveTheSameMove(int steps, float stepSize, float momentum)
    {
        var table = new Variable("table");
        int[] picked = [3, 0, 3, 5];
        var (ids, oneHot, other) = (new Ids(picked), new float[4 * 8], Tensor.Gaussian((4, 5), 1, new Rng(1)));
        for (var b = 0; b < 4; b++) oneHot[b * 8 + picked[b]] = 1;
        var hot = Tensor.Of((4, 8), oneHot);
        var at = new Point((table, Tensor.Gaussian((8, 5), 1, new Rng(2))));
        foreach (var ball in new Ball[] { new L2Ball(0.7f), new L1Ball(0.7f), new LinfBall(0.7f), new L2Ball(0.7f, Per.Tensor) })
        {
            var sparse = Find(point => point[table].Rows(ids).Dot(other).Sigmoid().Sum());
            var dense = Find(point => hot.MatMul(point[table]).Dot(other).Sigmoid().Sum());
            Assert.True(sparse.IsSparse && !dense.IsSparse);
            for (var i = 0; i < 40; i++) Assert.Equal(dense.Values[i], sparse.Values[i], 2e-5f);

            Tensor Find(Loss loss) => new GradientAscent(steps, stepSize, Momentum: momentum).Find(loss, at, new Threat(ball, table), new Rng(1))[table];
        }
    }
}
