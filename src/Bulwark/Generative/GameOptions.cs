using Bulwark.Tensors.Optimizers;

namespace Bulwark.Generative;

/// <summary>How a game is played.</summary>
/// <param name="Epochs">Passes over the data. Each batch is a step of the critic.</param>
public sealed record GameOptions(int Epochs)
{
    /// <summary>Critic steps before each of the generator's, at least 1.</summary>
    public int CriticSteps { get; init; } = 5;

    /// <summary>The critic's update formula and rate.</summary>
    public UpdateRule Critic { get; init; } = new Adam(2e-4f, 0, 0.9f);

    /// <summary>The generator's update formula and rate.</summary>
    public UpdateRule Generator { get; init; } = new Adam(2e-4f, 0, 0.9f);

    /// <summary>The course of both rates over the critic's steps; each of the generator's counts as <see cref="CriticSteps"/>.</summary>
    public Schedule Schedule { get; init; } = Schedules.Constant;

    /// <summary>β of the running mean of the generator's weights, which is then what is measured and returned; 0 is none. See <see cref="MovingWeights"/>.</summary>
    public float Averaging { get; init; }

    /// <summary>Measure samples every so many epochs, at least 1.</summary>
    public int MeasureEvery { get; init; } = 1;

    /// <summary>What measured samples are called a collapse.</summary>
    public CollapseWatch Watch { get; init; } = new();

    /// <summary>What is done about a collapse.</summary>
    public CollapseAnswer Answer { get; init; }

    /// <summary>Where to save, at every epoch's end and when canceled; null nowhere. A file.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Whether to go on from the checkpoint, if it exists: the result is the same, bit for bit, as without the pause.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether batches are prepared ahead on a thread of their own; the result is the same.</summary>
    public bool Ahead { get; init; } = Environment.ProcessorCount > 1;
}

/// <summary>What a trainer does when the generator has collapsed.</summary>
public enum CollapseAnswer
{
    /// <summary>Warns.</summary>
    Warn,

    /// <summary>Twice as many critic steps from there on, up to 20.</summary>
    MoreCriticSteps,

    /// <summary>Both players go back to where the samples covered most, and on from there with other chance.</summary>
    Restart,
}
