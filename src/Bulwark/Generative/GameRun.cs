using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Generative;

/// <summary>How far a game has come: all that a checkpoint needs.</summary>
internal sealed class GameRun(TrainingRun steps, Point critic, Point generator, GameOptions options)
{
    private const int MostCriticSteps = 20;
    private const double Vanished = 1e-6;

    /// <summary>Steps of the critic: one for each batch.</summary>
    public TrainingRun Steps => steps;

    public Player Critic { get; } = new("critic", critic, options.Critic, options.Schedule);

    public Player Generator { get; } = new("generator", generator, options.Generator, step => options.Schedule(step * options.CriticSteps));

    public MovingWeights? Mean { get; } = options.Averaging > 0 ? new(generator, options.Averaging) : null;

    public List<GameEpoch> Curve { get; } = [];

    /// <summary>Critic steps before each of the generator's, and how many of them are done.</summary>
    public (int Asked, int Done) CriticSteps { get; set; } = (options.CriticSteps, 0);

    /// <summary>How often the players went back to their best.</summary>
    public int Restarts { get; private set; }

    /// <summary>Where the samples covered most, if that may be asked for.</summary>
    public (double Coverage, IReadOnlyList<(string Name, Tensor Value)> Entries, long[] Steps)? Best { get; set; }

    private int Measured { get; set; }

    private int Poor { get; set; }

    /// <summary>The generator as it is measured and returned.</summary>
    public Point Result => Mean is { Mean.Steps: > 0 } mean ? mean.Mean.At : Generator.Optimizer.At;

    /// <summary>A step of the critic on a batch of so many examples and, once enough of those are done, one of the generator.</summary>
    public void Play<TBatch>(Game<TBatch> game, TBatch batch, int count, Rng rng)
    {
        using var scope = Scope.Open();
        var loss = Critic.Step(game.Critic(batch, rng.Fork("critic")), Generator.Optimizer.At, steps);
        var (asked, done) = CriticSteps;
        if (++done >= asked)
        {
            Generator.Step(game.Generator(batch, rng.Fork("generator")), Critic.Optimizer.At, steps);
            Mean?.Take(Generator.Optimizer.At);
            done = 0;
        }
        CriticSteps = (asked, done);
        steps.Count(loss * count, count);
    }

    /// <summary>Writes the epoch down, warns, and answers a collapse.</summary>
    /// <exception cref="TrainingException">No gradient at all has reached the generator.</exception>
    public void EndEpoch(SampleQuality? quality)
    {
        if (Generator.Sums is { Steps: > 0, Gradient: 0 }) throw new TrainingException(
            "No gradient reaches the generator: let its samples pass to the critic through differentiable operations alone, relaxed or straight-through where they are discrete.");
        if (quality is not null && ++Measured > options.Watch.After) Poor = options.Watch.IsPoor(quality) ? Poor + 1 : 0;
        var collapsed = Poor >= options.Watch.Patience;
        var warning = (collapsed ? GameWarning.Collapse : 0) | (Generator.MeanGradient < Vanished ? GameWarning.VanishingGradient : 0);
        steps.EndEpoch("game", quality?.Coverage);
        Curve.Add(new(steps.Epoch, Critic.MeanLoss, Generator.MeanLoss, Critic.MeanGradient, Generator.MeanGradient, CriticSteps.Asked, quality, warning));
        (Critic.Sums, Generator.Sums) = (default, default);
        if (options.Answer == CollapseAnswer.Restart && quality?.Coverage > (Best?.Coverage ?? double.NegativeInfinity))
            Best = (quality.Coverage, Save(), Counts());
        if (collapsed && options.Answer != CollapseAnswer.Warn) Answer();
    }

    private void Answer()
    {
        Poor = 0;
        var (asked, done) = CriticSteps;
        if (options.Answer == CollapseAnswer.MoreCriticSteps) CriticSteps = (Math.Max(asked, Math.Min(2 * asked, MostCriticSteps)), done);
        else if (Best is { } best)
        {
            Restore(best.Entries, best.Steps);
            Restarts++;
        }
    }

    /// <summary>The players' weights and their optimizers' state by name.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Save() =>
        [.. Optimizers().SelectMany(one => one.Optimizer.Save().Select(entry => ($"{one.Name}/{entry.Name}", entry.Value)))];

    /// <summary>The steps of each optimizer.</summary>
    public long[] Counts() => [.. Optimizers().Select(one => one.Optimizer.Steps)];

    public void Restore(IReadOnlyList<(string Name, Tensor Value)> entries, long[] counts)
    {
        foreach (var ((name, optimizer), count) in Optimizers().Zip(counts))
            optimizer.Restore(Under($"{name}/", entries), count);
    }

    /// <summary>The entries whose names begin so, by the rest of their names.</summary>
    public static IReadOnlyList<(string Name, Tensor Value)> Under(string prefix, IReadOnlyList<(string Name, Tensor Value)> entries) =>
        [.. entries.Where(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => (entry.Name[prefix.Length..], entry.Value))];

    /// <summary>The numbers, as a checkpoint writes them.</summary>
    public GameState State() => new(
        steps.Save(), Curve, CriticSteps.Asked, CriticSteps.Done, Restarts, Measured, Poor, Best?.Coverage, Counts(), Best?.Steps,
        Critic.Sums.Loss, Critic.Sums.Gradient, Critic.Sums.Steps, Generator.Sums.Loss, Generator.Sums.Gradient, Generator.Sums.Steps);

    public void Restore(GameState state)
    {
        steps.Restore(state.Steps);
        Curve.Clear();
        Curve.AddRange(state.Curve);
        (CriticSteps, Restarts, Measured, Poor) = ((state.CriticSteps, state.CriticStepsDone), state.Restarts, state.Measured, state.Poor);
        Critic.Sums = (state.CriticLoss, state.CriticGradient, state.CriticCount);
        Generator.Sums = (state.GeneratorLoss, state.GeneratorGradient, state.GeneratorCount);
    }

    private IEnumerable<(string Name, Optimizer Optimizer)> Optimizers()
    {
        yield return (Critic.Name, Critic.Optimizer);
        yield return (Generator.Name, Generator.Optimizer);
        if (Mean is not null) yield return ("mean", Mean.Mean);
    }
}

/// <summary>The numbers of a <see cref="GameRun"/>, as a checkpoint writes them.</summary>
internal sealed record GameState(
    RunState Steps, IReadOnlyList<GameEpoch> Curve, int CriticSteps, int CriticStepsDone, int Restarts, int Measured, int Poor, double? BestCoverage,
    long[] Counts, long[]? BestCounts, double CriticLoss, double CriticGradient, int CriticCount, double GeneratorLoss, double GeneratorGradient,
    int GeneratorCount);
