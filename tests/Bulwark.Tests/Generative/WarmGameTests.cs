using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Tests.Training;
using Bulwark.Training;

namespace Bulwark.Tests.Generative;

public sealed class WarmGameTests
{
    private static readonly Point _start = GameWorld.Generator.Start(new Rng(4)), _critic = GameWorld.Critic.Start(new Rng(3));

    /// <summary>What a generator learns alone: to make the mean of its samples the mode at (1, 0).</summary>
    private static readonly Objective<InputBatch> _alone = (_, rng) => at =>
        GameWorld.Generator.Generate(at, 8, null, rng!.Fork("examples")).Mean(0).SquaredError(Tensor.Of(2, 1, 0));

    private static WarmGame<InputBatch> Game(int before, int epochs) => new(
        "alone", new InputSource(GameWorld.Ring.Draw(90, new Rng(1)), 20, new Rng(2)), _alone, GameWorld.Gan.On<InputBatch>(Examples.Of), before, epochs, 0.01f);

    /// <summary>Alone the generator makes a step for each batch, in the game one for three: the ablation has as many in all.</summary>
    [Fact]
    public void TheAblationMakesAsManySteps()
    {
        var source = new InputSource(GameWorld.Ring.Draw(90, new Rng(1)), 20, new Rng(2));
        var expected = new Trainer<InputBatch>(source, [new("alone", 4, _alone)], new() { Rule = new Adam(0.01f) }).Run(_start, new Rng(5).Fork("alone")).At;
        TrainingWorld.AssertSame(expected, Game(2, 6).PlayAlone(_start, new Rng(5), null, default));
    }

    /// <summary>The time before changes where the game begins; both players learn, and samples are measured as often as asked.</summary>
    [Fact]
    public void AGameBeginsWarm()
    {
        var (cold, warm) = (Play(0), Play(3));
        Assert.Equal(4, warm.Curve.Count);
        Assert.Equal([2, 4], warm.Curve.Where(epoch => epoch.Quality is not null).Select(epoch => epoch.Epoch));
        Assert.All(warm.Curve, epoch => Assert.True(epoch is { GeneratorGradient: > 0, CriticGradient: > 0 }));
        Assert.NotEqual(cold.Curve[0].CriticLoss, warm.Curve[0].CriticLoss);

        static GameResult Play(int before) => (Game(before, 4) with { Measurements = 2 }).Play(_critic, _start, new Rng(5), GameWorld.Measure, null, default);
    }
}
