namespace Bulwark.Evaluation;

/// <summary>A mean and how far values stand from it: one line of a table over seeds.</summary>
/// <param name="Mean">Σ x / n.</param>
/// <param name="Deviation">The sample standard deviation √(Σ (x − mean)² / (n − 1)); 0 for one value.</param>
/// <param name="Count">n.</param>
public readonly record struct Spread(double Mean, double Deviation, int Count)
{
    /// <summary>The spread of at least one value.</summary>
    public static Spread Of(params ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) throw new ArgumentException("There is no value to average: give at least one.", nameof(values));
        double sum = 0, squares = 0;
        foreach (var x in values) sum += x;
        var mean = sum / values.Length;
        foreach (var x in values) squares += (x - mean) * (x - mean);
        return new Spread(mean, values.Length == 1 ? 0 : Math.Sqrt(squares / (values.Length - 1)), values.Length);
    }

    /// <summary><c>0.0884 ± 0.0010</c>, or the mean alone for one value.</summary>
    public override string ToString() => Count == 1 ? $"{Mean:F4}" : $"{Mean:F4} ± {Deviation:F4}";
}
