namespace Bulwark.Evaluation;

/// <summary>One figure of what it took to fool a classifier.</summary>
/// <param name="Metric">Its name in the report.</param>
/// <param name="Of">Its value; NaN where nothing was fooled and it is a mean over what was.</param>
public sealed record FoolingMeasure(string Metric, Func<FoolingResult, double> Of)
{
    /// <summary>Fooled inputs, of those that were right as they are.</summary>
    public static FoolingMeasure Success { get; } = new("success", static result => result.Success);

    /// <summary>Mean ‖δ‖₂ of the moves that fool.</summary>
    public static FoolingMeasure L2 { get; } = new("L2", static result => result.Mean(move => move.L2));

    /// <summary>Mean largest |δ| of the moves that fool.</summary>
    public static FoolingMeasure Linf { get; } = new("L∞", static result => result.Mean(move => move.Linf));

    /// <summary>Mean number of elements that a move which fools changes.</summary>
    public static FoolingMeasure L0 { get; } = new("L0", static result => result.Mean(move => move.L0));

    /// <summary>How often the model was asked about each input, in all.</summary>
    public static FoolingMeasure Queries { get; } = new("queries", static result => result.Queries);

    /// <summary>How often the model was asked about an input until the first wrong answer, on average over the fooled.</summary>
    public static FoolingMeasure QueriesUntilFooled { get; } = new("queries until fooled", static result => result.Mean(move => move.QueriesUntilFooled));
}
