using System.Globalization;

namespace Bulwark.Evaluation;

/// <summary>One measured number: what a metric was for a model under an attack.</summary>
/// <param name="Model">The model's name as it is to be read in tables and legends.</param>
/// <param name="Attack">The attack's name, or <see cref="Clean"/> for the model left alone.</param>
/// <param name="Epsilon">The attack's budget in the units of its ball; 0 when it has none.</param>
/// <param name="Metric">The metric's name, for example "Recall@10".</param>
/// <param name="Value">The metric; its mean when there are several seeds. NaN when it could not be measured.</param>
/// <param name="Std">The sample standard deviation over seeds, when there are at least two.</param>
/// <param name="Seeds">How many seeds the value averages; one when not given.</param>
public sealed record ReportRow(
    string Model, string Attack, double Epsilon, string Metric, double Value, double? Std = null, int? Seeds = null)
{
    /// <summary>The attack's name in rows of a model that was left alone.</summary>
    public const string Clean = "clean";

    /// <summary>An ε as it was given: .2, not the .20000000298 that the nearest float is.</summary>
    public static double AsWritten(float epsilon) => double.Parse(epsilon.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    internal bool IsClean => ReportGrid.IsClean(Attack);
}
