using System.Globalization;

namespace Bulwark.Evaluation;

/// <summary>Numbers as reports print them: invariant culture, a common count of decimals in a table.</summary>
internal static class ReportNumber
{
    public const string Missing = "n/a";

    /// <summary>Decimals that give the largest of the values four significant digits: 0.08841, 0.7096, 12.35, 1234.</summary>
    public static int Decimals(IEnumerable<double> values)
    {
        var largest = values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        return largest == 0 ? 4 : Math.Clamp(3 - (int)Math.Floor(Math.Log10(largest)), 0, 8);
    }

    public static string Fixed(double value, int decimals) =>
        double.IsNaN(value) ? Missing : value.ToString("F" + decimals, CultureInfo.InvariantCulture);

    /// <summary>Up to four significant digits and no trailing zeros: 0.5, 12.35, 2e-05.</summary>
    public static string Short(double value) => double.IsNaN(value) ? Missing : value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>All digits, so that reading gives the same number.</summary>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Percent(double ratio)
    {
        var percent = 100 * ratio;
        return percent.ToString(Math.Abs(percent) is > 0 and < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + "%";
    }

    public static string P(double p) => double.IsNaN(p) ? "p " + Missing
        : p < 0.001 ? "p < 0.001" : "p = " + p.ToString(p < 0.1 ? "0.000" : "0.00", CultureInfo.InvariantCulture);

    /// <summary>The budget after an attack's name: " at ε 0.5", or nothing for an attack without one.</summary>
    public static string AtEpsilon(double epsilon) => HasEpsilon(epsilon) ? " at ε " + Short(epsilon) : "";

    public static bool HasEpsilon(double epsilon) => double.IsFinite(epsilon) && epsilon != 0;
}
