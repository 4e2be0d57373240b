namespace Bulwark.Cli.Settings;

/// <summary>What training may give away about one user: (ε, δ).</summary>
/// <param name="Epsilon">ε.</param>
/// <param name="Delta">δ.</param>
internal sealed record PrivacyBudget(double Epsilon, double Delta)
{
    private const double UsualDelta = 1e-5;

    /// <summary>ε alone or ε,δ; null for none.</summary>
    public static PrivacyBudget? Of(string text)
    {
        if (text == "none") return null;
        var parts = text.Split(',');
        var numbers = Array.ConvertAll(parts, part => double.TryParse(part, System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : double.NaN);
        return numbers switch
        {
            [> 0 and < double.PositiveInfinity] => new(numbers[0], UsualDelta),
            [> 0 and < double.PositiveInfinity, > 0 and < 1] => new(numbers[0], numbers[1]),
            _ => throw new FormatException("none, or ε above 0 and perhaps δ below 1, as 8 or 8,1e-5"),
        };
    }
}
