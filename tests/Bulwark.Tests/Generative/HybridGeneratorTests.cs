using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Generative;

public sealed class HybridGeneratorTests
{
    private static readonly GaussianMixture _left = new([(-1, 0)], 0.1f), _both = new([(-1, 0), (1, 0)], 0.1f);
    private static readonly GaussianCopula _copula = new(GameWorld.Inputs(_left.Draw(200, new Rng(1))));

    /// <summary>π p_s + (1 − π) p_n = p: with half of the examples from the left mode already, the neural generator makes those of the right one alone.</summary>
    [Fact]
    public void TheNeuralGeneratorLearnsWhatTheStatisticalOneMisses()
    {
        var (neural, critic) = (new MlpGenerator(2, [32], 2), new MlpCritic(2, [32, 32]));
        var hybrid = new HybridGenerator(_copula, neural, 0.5f);
        var rule = new Adam(3e-3f, 0, 0.9f);
        var options = new GameOptions(60) { CriticSteps = 2, Critic = rule, Generator = rule, Averaging = 0.9f, Ahead = false };
        var source = new InputSource(_both.Draw(640, new Rng(2)), 64, new Rng(3));
        var result = new GameTrainer<InputBatch>(source, new Gan(hybrid, critic, AdversarialLoss.Wasserstein, 1).On<InputBatch>(Examples.Of), options).Run(
            critic.Start(new Rng(4)), hybrid.Start(new Rng(5)), new Rng(6));
        var x = neural.Generate(result.Generator, 400, null, new Rng(7)).Slice(1, 0, 1).Values.ToArray();
        Assert.True(x.Count(value => value > 0) >= 360, $"{x.Count(value => value > 0)} of 400 lie right.");
        Assert.Equal(2, _both.Judge(hybrid.Generate(result.Generator, 400, null, new Rng(8))).Covered);
    }

    /// <summary>A share of 0 is the neural generator, one of 1 the statistical one.</summary>
    [Theory]
    [InlineData(0f, "neural")]
    [InlineData(1f, "statistical")]
    public void TheShareTellsWhoseExamplesAreTaken(float share, string whose)
    {
        var at = GameWorld.Generator.Start(new Rng(1));
        IGenerator own = share == 0 ? GameWorld.Generator : _copula;
        var expected = own.Generate(at, 20, null, new Rng(2).Fork(whose)).Values.ToArray();
        var actual = new HybridGenerator(_copula, GameWorld.Generator, share).Generate(at, 20, null, new Rng(2)).Values.ToArray();
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-6f);
    }
}
