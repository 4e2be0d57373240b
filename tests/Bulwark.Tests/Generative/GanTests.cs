using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Tests.Training;
using Bulwark.Training;

namespace Bulwark.Tests.Generative;

public sealed class GanTests
{
    private static readonly Examples Batch = new(GameWorld.Real);

    private static readonly Point At = GameWorld.Critic.Start(new Rng(1)).With(GameWorld.Generator.Start(new Rng(2)));

    /// <summary>L_D + λ penalty, at the samples that the same chance gives.</summary>
    [Fact]
    public void TheCriticsLossIsTheFormula()
    {
        var fake = GameWorld.Generator.Generate(At, 60, null, new Rng(3).Fork("examples"));
        Tensor Score(Point at, Tensor x) => GameWorld.Critic.Score(at, x, null);
        var penalty = UnitSlope.Penalty(Score, At, Batch.Real, fake, new Rng(3).Fork("between")).Item();
        var expected = Score(At, fake).Mean().Item() - Score(At, Batch.Real).Mean().Item() + 10 * penalty;
        var game = (GameWorld.Gan with { Penalty = 10 }).On<Examples>(examples => examples);
        Assert.Equal(expected, game.Critic(Batch, new Rng(3))(At).Item(), 1e-5f);
        Assert.Equal(-Score(At, fake).Mean().Item(), game.Generator(Batch, new Rng(3))(At).Item(), 1e-5f);
    }

    /// <summary>The critic's loss sends the generator nothing: samples are constants to it.</summary>
    [Fact]
    public void TheCriticsLossIsConstantToTheGenerator()
    {
        var gradient = Grad.Of(GameWorld.Gan.On<Examples>(examples => examples).Critic(Batch, new Rng(3)), At).Move;
        Assert.All(GameWorld.Generator.Start(new Rng(2)).Variables.ToArray(), variable => Assert.False(gradient.TryGet(variable, out _)));
    }

    [Fact]
    public void EverySettingChangesTheResult()
    {
        var plain = GameWorld.Play(GameWorld.Options).Generator;
        foreach (var gan in new[]
        {
            GameWorld.Gan with { Penalty = 2 }, GameWorld.Gan with { Penalty = 0 }, GameWorld.Gan with { Loss = AdversarialLoss.LeastSquares },
            GameWorld.Gan with { Noise = _ => 0.1f }, GameWorld.Gan with { Critic = new SpectralNormalization(GameWorld.Critic) },
        })
            Assert.False(TrainingWorld.AreSame(plain, GameWorld.Play(GameWorld.Options, gan).Generator));
        TrainingWorld.AssertSame(plain, GameWorld.Play(GameWorld.Options, GameWorld.Gan with { Noise = _ => 0 }).Generator);
    }

    /// <summary>Both players see noise of this deviation at this step: with a critic that scores Σ x², its size shows in the losses.</summary>
    [Fact]
    public void NoiseFollowsItsSchedule()
    {
        var gan = new Gan(new Fixed(), new Squares(), AdversarialLoss.Wasserstein) { Noise = step => step == 7 ? 3 : 0 };
        var game = gan.On<Examples>(examples => examples);
        var examples = new Examples(Tensor.Zeros((4000, 1)), null, 7);
        Assert.Equal(0, game.Critic(examples, new Rng(1))(new Point()).Item(), 1f);              // 9 − 9, each ± 9 · √(2 / 4000) = .2
        Assert.Equal(-9, game.Generator(examples, new Rng(1))(new Point()).Item(), 1f);
        Assert.Equal(0, game.Generator(examples with { Step = 6 }, new Rng(1))(new Point()).Item());
    }

    [Fact]
    public void AGameNeedsChance() =>
        Assert.Throws<ArgumentNullException>(() => GameWorld.Gan.On<Examples>(examples => examples).Critic(Batch, null)(At));

    /// <summary>The label says on which of four modes an example lies: the generator learns to obey it.</summary>
    [Fact]
    public void AConditionalGeneratorObeysItsLabel()
    {
        var (generator, critic) = (new MlpGenerator(2, [32], 2, 4), new MlpCritic(2, [32, 32], 4));
        var source = new InputSource(GameWorld.Ring.Draw(640, new Rng(1)), 64, new Rng(2));
        var gan = new Gan(generator, critic, AdversarialLoss.Wasserstein, 1);
        var rule = new Adam(3e-3f, 0, 0.9f);
        var options = new GameOptions(60) { CriticSteps = 2, Critic = rule, Generator = rule, Ahead = false };
        var result = new GameTrainer<InputBatch>(source, gan.On<InputBatch>(Examples.Labeled(4)), options).Run(
            critic.Start(new Rng(3)), generator.Start(new Rng(4)), new Rng(5));
        for (var label = 0; label < 4; label++)
        {
            var samples = generator.Generate(result.Generator, 200, Examples.OneHot(new Ids([.. Enumerable.Repeat(label, 200)]), 4), new Rng(6));
            var (x, y) = (samples.Slice(1, 0, 1).Mean().Item(), samples.Slice(1, 1, 1).Mean().Item());
            Assert.True(x * Math.Cos(Math.PI * label / 2) + y * Math.Sin(Math.PI * label / 2) > 0.7, $"Label {label} lies at ({x}, {y}).");
        }
    }

    private sealed class Fixed : IGenerator
    {
        public Point Start(Rng rng) => new();

        public Tensor Generate(Point at, int count, Tensor? given, Rng rng) => Tensor.Zeros((count, 1));
    }

    private sealed class Squares : ICritic
    {
        public Point Start(Rng rng) => new();

        public Tensor Score(Point at, Tensor x, Tensor? given) => (x * x).Sum(1);
    }
}
