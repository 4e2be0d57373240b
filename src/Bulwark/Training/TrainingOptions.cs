using Bulwark.Tensors.Optimizers;

namespace Bulwark.Training;

/// <summary>How a model is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>The update formula and its rate.</summary>
    public UpdateRule Rule { get; init; } = new Adagrad(0.05f);

    /// <summary>The learning rate's course over the steps.</summary>
    public Schedule Schedule { get; init; } = Schedules.Constant;

    /// <summary>L1 decay on the touched rows.</summary>
    public float L1 { get; init; }

    /// <summary>L2 decay on the touched rows.</summary>
    public float L2 { get; init; }

    /// <summary>The largest gradient norm.</summary>
    public float ClipNorm { get; init; } = float.PositiveInfinity;

    /// <summary>Measure validation every so many epochs; 0 never.</summary>
    public int ValidateEvery { get; init; }

    /// <summary>Whether less of what validation measures is better, as of errors.</summary>
    public bool LowerIsBetter { get; init; }

    /// <summary>Stop after so many measurements without a better one, and return the best point; 0 never stops and returns the last.</summary>
    public int Patience { get; init; }

    /// <summary>
    /// Stop once validation is worse than the best one by more than this, and return the best point: with accuracy under attack as the figure, the
    /// check for catastrophic overfitting (Wong et al. 2020). Infinite never stops.
    /// </summary>
    public double MostDrop { get; init; } = double.PositiveInfinity;

    /// <summary>m: steps taken on each batch in turn, at least 1. A loss that carries something on does so over these, and not further (Shafahi et al. 2019).</summary>
    public int Replays { get; init; } = 1;

    /// <summary>Whether the result is a running mean of the weights; null for the weights themselves.</summary>
    public WeightAveraging? Averaging { get; init; }

    /// <summary>Where to save, at every epoch's end and when canceled; null nowhere. A file.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Whether to go on from the checkpoint, if it exists: the result is the same, bit for bit, as without the pause.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether batches are prepared ahead on a thread of their own; the result is the same.</summary>
    public bool Ahead { get; init; } = Environment.ProcessorCount > 1;
}
