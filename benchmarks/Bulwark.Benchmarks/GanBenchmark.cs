using Bulwark.Benchmarks.Reproductions;
using Bulwark.Data.Readers;
using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks;

/// <summary>
/// Steps of WGAN-GP on MNIST: generator 128-256-256-784 with a sigmoid, critic 784-256-256-1, batches of 64, λ 10, Adam. The critic's step, with its second
/// derivative, and the generator's.
/// </summary>
internal static class GanBenchmark
{
    private const int Batch = 64;

    public static int Run(string[] args)
    {
        var (options, rng) = (new Arguments(args), new Rng(1));
        var train = IdxReader.Read(DataFolder.Find(options, "mnist"), "train-");
        var (generator, critic) = (new MlpGenerator(128, [256, 256], train.Input) { Range = Functions.Sigmoid }, new MlpCritic(train.Input, [256, 256]));
        var game = new Gan(generator, critic, AdversarialLoss.Wasserstein, 10).On<InputBatch>(Examples.Of);
        var (source, rule) = (new InputSource(train, options.Int("batch", Batch), rng), new Adam(2e-4f, 0, 0.9f));
        Time("critic", critic.Start(rng), generator.Start(rng), game.Critic);
        Time("generator", generator.Start(rng), critic.Start(rng), game.Generator);
        return 0;

        void Time(string player, Point moves, Point stays, Objective<InputBatch> objective)
        {
            Objective<InputBatch> atBoth = (batch, chance) => at => objective(batch, chance)(at.With(stays));
            StepTimes.Of(source, atBoth, moves, rule, options.Int("steps", 300), rng).Print($"wgan-gp {player}");
        }
    }
}
