using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Generative;

/// <summary>A game whose generator has learned alone before, by likelihood: at first everything made looks made, and a critic's slope leads nowhere.</summary>
/// <param name="Name">What progress calls the time before.</param>
/// <param name="Source">Where batches come from.</param>
/// <param name="Alone">What the generator learns before.</param>
/// <param name="Game">What is played then, at half the rate.</param>
/// <param name="Before">Passes over the data before.</param>
/// <param name="Epochs">Passes with the critic.</param>
/// <param name="Rate">The rate before.</param>
internal sealed record WarmGame<TBatch>(
    string Name, IBatchSource<TBatch> Source, Objective<TBatch> Alone, Game<TBatch> Game, int Before, int Epochs, float Rate) where TBatch : IBatch
{
    private const float Averaging = 0.99f;
    private const int CriticSteps = 3;

    /// <summary>How often samples are measured.</summary>
    public int Measurements { get; init; } = 10;

    /// <summary>Trains alone, then plays.</summary>
    public GameResult Play(
        Point critic, Point generator, Rng rng, SampleMeasure? measure, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        var rule = new Adam(Rate / 2, 0, 0.9f);
        var settings = new GameOptions(Epochs)
        {
            CriticSteps = CriticSteps, Critic = rule, Generator = rule, Averaging = Averaging, MeasureEvery = Math.Max(1, Epochs / Measurements),
            Watch = new(LeastCoverage: 0.5), Ahead = Team.Threads > 1,
        };
        var warm = Train(Before, generator, rng, progress, cancel);
        return new GameTrainer<TBatch>(Source, Game, settings).Run(critic, warm, rng.Fork("game"), measure, progress, cancel);
    }

    /// <summary>The ablation: alone, for as many steps as the generator would make in all.</summary>
    public Point PlayAlone(Point generator, Rng rng, IProgress<TrainingProgress>? progress, CancellationToken cancel) =>
        Train(Before + Epochs / CriticSteps, generator, rng, progress, cancel);

    private Point Train(int epochs, Point generator, Rng rng, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        var trainer = new Trainer<TBatch>(Source, [new(Name, epochs, Alone)], new() { Rule = new Adam(Rate), Ahead = Team.Threads > 1 });
        return trainer.Run(generator, rng.Fork(Name), null, progress, cancel).At;
    }
}
