using Bulwark.Attacks;
using Bulwark.Defenses;
using Bulwark.Models.Autoencoders;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;
using Bulwark.Tests.Attacks;
using Bulwark.Training;

namespace Bulwark.Tests.Defenses;

public sealed class TradesTests
{
    /// <summary>
    /// p = (½, ½) of z = (0, 0); q = (¼, ¾) of z' = (0, ln 3). KL = ½ ln(½/¼) + ½ ln(½/¾) = ½ ln 2 + ½ ln ⅔ = ½ ln 4/3. Over one logit, σ(0) = ½ and
    /// σ(ln 3) = ¾: the same.
    /// </summary>
    [Fact]
    public void TheDivergencesAreThoseByHand()
    {
        var (expected, ln3) = (0.5f * MathF.Log(4f / 3), MathF.Log(3));
        Assert.Equal(expected, Outputs.Categorical(Tensor.Of((1, 2), 0, 0), Tensor.Of((1, 2), 0, ln3)).Item(), 1e-6f);
        Assert.Equal(expected, Outputs.Bernoulli(Tensor.Of(1, 0), Tensor.Of(1, ln3)).Item(), 1e-6f);
        Assert.Equal(2 * expected, Outputs.Categorical(Tensor.Of((2, 2), 0, 0, 7, 7), Tensor.Of((2, 2), 0, ln3, 7 + ln3, 7)).Item(), 1e-5f);
        Assert.Equal(0, Outputs.Bernoulli(Tensor.Of(3, -1, 0, 9), Tensor.Of(3, -1, 0, 9)).Item());
    }

    /// <summary>L(x) + β KL(f(x) ‖ f(x + δ)) at the δ that the search finds, and its gradient at that δ, by differences through both answers.</summary>
    [Fact]
    public void TheLossAndItsGradientAreThoseAtAConstantMove()
    {
        var model = new DefenseWorld.Smooth();
        var (batch, at) = DefenseWorld.Small(model);
        var plain = ClassifierObjectives.CrossEntropy(model);
        var (threat, spy) = (DefenseWorld.On(model, 0.5f), new Recorder(Trades.Search(4)));
        var hardened = new Trades<InputBatch>(Outputs.Classes(model), spy, threat, 3).Harden(plain)(batch, new Rng(5));
        var (value, gradient) = Grad.Of(hardened, at);
        var move = spy.Found!.Keep();
        Assert.Equal(At(at).Item(), value.Item(), 1e-4f);
        DefenseWorld.AssertSlopes(At, at, gradient);
        Assert.True(Outputs.Categorical(model.Logits(at), model.Logits(at + move)).Item() > 0.05f);

        Tensor At(Point point) => plain(batch, null)(point).Sum() + Outputs.Categorical(model.Logits(point), model.Logits(point + move)) * 3;
    }

    /// <summary>What the search makes large is the divergence, though it has no slope where the search begins; and more steps find more.</summary>
    [Fact]
    public void TheSearchClimbsTheDivergence()
    {
        var (batch, at) = DefenseWorld.Small();
        var (model, threat) = (DefenseWorld.Model, DefenseWorld.On(DefenseWorld.Model, 0.5f));
        float[] losses = [ClassifierObjectives.CrossEntropy(model)(batch, null)(at).Sum().Item(), Loss(new Noise()), Loss(Trades.Search())];
        Assert.True(losses[0] < losses[1] && losses[1] + 0.1f < losses[2], string.Join(", ", losses));
        Assert.True(Loss(Trades.Search(1)) < losses[2]);

        float Loss(IAttack attack) =>
            new Trades<InputBatch>(Outputs.Classes(model), attack, threat, 1).Harden(ClassifierObjectives.CrossEntropy(model))(batch, null)(at).Item();
    }

    [Theory]
    [InlineData(0, 0.5f)]                                    // β = 0
    [InlineData(6, 0)]                                       // ε = 0
    public void WithoutWeightOrRadiusItIsThePlainLoss(float beta, float epsilon)
    {
        var (batch, at) = DefenseWorld.Small();
        var (model, plain) = (DefenseWorld.Model, ClassifierObjectives.CrossEntropy(DefenseWorld.Model));
        var hardened = new Trades<InputBatch>(Outputs.Classes(model), Trades.Search(), DefenseWorld.On(model, epsilon), beta).Harden(plain);
        var (expected, actual) = (Grad.Of(plain(batch, null), at), Grad.Of(hardened(batch, new Rng(1)), at));
        Assert.Equal(expected.Value.Sum().Item(), actual.Value.Item(), 1e-6f);
        DefenseWorld.AssertSameGradient(expected.Move, actual.Move, 1e-6f);
    }

    /// <summary>Every kind of model that ranks has outputs whose divergence grows with the move of its tables.</summary>
    [Fact]
    public void RankersHaveOutputsToo()
    {
        var (factors, factorsAt, triples) = AttackWorld.Bpr();
        Grows(Outputs.Preferences(factors), triples, Objectives.Bpr(factors), factors.Tables, factorsAt);
        var pairs = new ClickSource(Blocks.Train, 40, 3, new Rng(1));
        var clicks = new Bulwark.Models.Factorization.MatrixFactorization(Blocks.Users, Blocks.Items, new(4, Deviation: 0.4f));
        Grows(Outputs.Clicks(clicks), First(pairs), Objectives.LogLoss(clicks), clicks.Tables, clicks.Start(new Rng(1)));
        var bags = new MultDae(Blocks.Items, new(Latent: 4, Hidden: 8));
        Grows(Outputs.Lists(bags), First(new BagSource(Blocks.Train, 10, new Rng(1))), BagObjectives.Multinomial(bags), bags.Tables, bags.Start(new Rng(1)));
        var sequences = new SasRec(Blocks.Items, new(8, Length: 6));
        Grows(Outputs.NextItems(sequences), First(new NextItemSource(Blocks.Train, 6, 10, new Rng(1))), SequenceObjectives.CrossEntropy(sequences), sequences.Tables,
            sequences.Start(new Rng(1)));

        static void Grows<TBatch>(Outputs<TBatch> outputs, TBatch batch, Objective<TBatch> plain, IReadOnlyList<Variable> tables, Point at)
        {
            var losses = new[] { 0, 0.1f, 0.5f }.Select(epsilon =>
                new Trades<TBatch>(outputs, Trades.Search(3), new Threat(new L2Ball(epsilon), tables)).Harden(plain)(batch, null)(at).Item()).ToArray();
            Assert.Equal(plain(batch, null)(at).Item(), losses[0], 1e-3f);
            Assert.True(losses[0] < losses[1] && losses[1] < losses[2], string.Join(", ", losses));
        }

        static TBatch First<TBatch>(IBatchSource<TBatch> source) where TBatch : IBatch
        {
            var batch = source.Create();
            source.Fill(batch, 0);
            return batch;
        }
    }

    [Fact]
    public void ItWithstandsMoreThanPlainTraining()
    {
        var model = DefenseWorld.BarsModel;
        var trades = new Trades<InputBatch>(Outputs.Classes(model), Trades.Search(3), DefenseWorld.BarsThreat, 3);
        var hardened = DefenseWorld.Measured(DefenseWorld.Trained(trades.Harden(ClassifierObjectives.CrossEntropy(model)), 8));
        Assert.True(hardened.Attacked > DefenseWorld.Plain.Attacked + 0.1, $"{DefenseWorld.Plain} before, {hardened} after");
    }

    private sealed class Recorder(IAttack attack) : IAttack
    {
        public Move? Found { get; private set; }

        public Move Find(Loss loss, Point at, Threat threat, Rng rng) => Found = attack.Find(loss, at, threat, rng).Keep();
    }
}
