using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Generative;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Generative;

/// <summary>Two classes on the line, x ~ N(±1, .5²), and a linear victim with the border at 0: by ε 1 the worst move is one toward 0 and over it.</summary>
public sealed class AdvGanTests
{
    private static readonly MlpClassifier Model = new([1, 2]);
    private static readonly Point Victim = Model.Start(new Rng(1)).Map((_, value) => value.Shape.Rank == 2 ? Tensor.Of((1, 2), -2, 2) : Tensor.Zeros(2)).Keep();
    private static readonly Threat Threat = new(new LinfBall(1), Model.Inputs);
    private static readonly MoveGenerator Moves = new(1, [16]);
    private static readonly LabeledInputs Inputs = Draw(400, 7);
    private static readonly AdvGan Gan = new(Moves, new MlpCritic(1, [8]), Threat) { Realism = 0.01f };

    private static Game<InputBatch> Attack(AdvGan gan) =>
        gan.On(ClassifierObjectives.CrossEntropy(Model), batch => Victim.With(Model.Inputs, batch.Inputs));

    /// <summary>PGD's success is about that of a move of 1 toward the border: P(|x| &lt; 1 on the right side) of N(1, .5²) ≈ ½. The generator has ≥ 90% of it.</summary>
    [Fact]
    public void AGeneratorLearnsTheWorstMove()
    {
        var learned = new LearnedMoves(Moves, Played(Attack(Gan)).Generator);
        var (pgd, own) = (Success(GradientAscent.Pgd(10)), Success(learned));
        Assert.InRange(pgd, 0.4, 0.6);
        Assert.True(own >= 0.9 * pgd && own <= pgd + 1e-9, $"{own} of {pgd}");
        Assert.True(Success(new LearnedMoves(Moves, Moves.Start(new Rng(4)))) < 0.7 * pgd, "an untrained one has learned it too");
    }

    /// <summary>−E L(x + G(x)) + w · ½ E (D(x + G(x)) − 1)², and ½ E (D(x) − 1)² + ½ E D(x + G(x))².</summary>
    [Fact]
    public void BothLossesAreTheFormulas()
    {
        var (gan, batch) = (Gan with { Realism = 3 }, Batch());
        var at = gan.Critic.Start(new Rng(5)).With(Moves.Start(new Rng(6)));
        var clean = Victim.With(Model.Inputs, batch.Inputs);
        var moved = clean + Moves.Of(at, clean, Threat);
        var (real, fake) = (gan.Critic.Score(at, clean[Model.Inputs], null), gan.Critic.Score(at, moved[Model.Inputs], null));
        var game = Attack(gan);
        Assert.Equal(0.5f * Mean(real - 1) + 0.5f * Mean(fake), game.Critic(batch, new Rng(1))(at).Item(), 1e-5f);
        var loss = ClassifierObjectives.CrossEntropy(Model)(batch, null)(moved).Mean().Item();
        Assert.Equal(-loss + 3 * 0.5f * Mean(fake - 1), game.Generator(batch, new Rng(1))(at).Item(), 1e-4f);

        static float Mean(Tensor x) => (x * x).Mean().Item();
    }

    /// <summary>With a heavy weight on passing for clean, moves lose strength.</summary>
    [Fact]
    public void RealismHasAPrice()
    {
        double Strength(float realism) => Success(new LearnedMoves(Moves, Played(Attack(Gan with { Realism = realism })).Generator));
        Assert.True(Strength(300) < Strength(0));
    }

    /// <summary>At ε .4 of N(±1, .5²) the best answer stays at 0: a model whose border starts at .8 is driven back by the game.</summary>
    [Fact]
    public void TrainingAgainstAGeneratorHardens()
    {
        var threat = new Threat(new LinfBall(0.4f), Model.Inputs);
        var game = AdvGan.Training<InputBatch>(Moves, threat, ClassifierObjectives.CrossEntropy(Model), (at, batch) => at.With(Model.Inputs, batch.Inputs));
        var start = Victim.Map((_, value) => value.Shape.Rank == 1 ? Tensor.Of(2, 1.6f, -1.6f) : value);
        var result = new GameTrainer<InputBatch>(new InputSource(Inputs, 50, new Rng(2)), game, Options).Run(start, Moves.Start(new Rng(3)), new Rng(4));
        double Robust(Point at) => Accuracy.Of(Model, at, Inputs, GradientAscent.Pgd(10), threat, new Rng(5));
        Assert.True(Robust(result.Critic) > Robust(start) + 0.1, $"{Robust(result.Critic)}, before {Robust(start)}");
    }

    private static readonly Adam _rule = new(0.01f, 0.5f);

    private static GameOptions Options => new(20) { CriticSteps = 1, Critic = _rule, Generator = _rule, Ahead = false };

    private static GameResult Played(Game<InputBatch> game) => new GameTrainer<InputBatch>(new InputSource(Inputs, 50, new Rng(2)), game, Options).Run(
        Gan.Critic.Start(new Rng(3)), Moves.Start(new Rng(4)), new Rng(5));

    private static double Success(IAttack attack) =>
        1 - Accuracy.Of(Model, Victim, Draw(400, 8), attack, Threat, new Rng(9)) / Accuracy.Of(Model, Victim, Draw(400, 8));

    private static InputBatch Batch()
    {
        var batch = new InputBatch();
        batch.Fill(Inputs, [.. Enumerable.Range(0, 40)]);
        return batch;
    }

    private static LabeledInputs Draw(int count, ulong seed)
    {
        var rng = new Rng(seed);
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 2)];
        return new(1, labels.Select(label => (label == 0 ? -1 : 1) + 0.5f * (float)rng.NextGaussian()).ToArray(), labels);
    }
}
