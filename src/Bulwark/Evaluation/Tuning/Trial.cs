namespace Bulwark.Evaluation.Tuning;

/// <summary>Some settings and what they were worth.</summary>
/// <param name="Number">From 1, in order.</param>
/// <param name="Values">One for each dimension of the space.</param>
/// <param name="Budget">What was spent on it, as a share of a full training.</param>
/// <param name="Figure">What it was worth on validation, higher for better; NaN if it failed.</param>
/// <param name="Epochs">The epoch whose figure it is; 0 for a model without epochs.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record Trial(int Number, IReadOnlyList<double> Values, double Budget, double Figure, int Epochs, double Seconds)
{
    /// <summary>All goals on validation, the figure's first; of all, more is better. Empty where one goal is all there is.</summary>
    public IReadOnlyList<ReportGoal> Goals { get; init; } = [];

    /// <summary>How it ended.</summary>
    public TrialState State => double.IsFinite(Figure) ? TrialState.Done : TrialState.Failed;

    /// <summary>The figure; of a failed trial less than any.</summary>
    internal double Worth => State == TrialState.Done ? Figure : double.NegativeInfinity;
}

/// <summary>How a trial ended.</summary>
public enum TrialState
{
    /// <summary>With a figure.</summary>
    Done,

    /// <summary>Without: training exploded.</summary>
    Failed,
}
