namespace Bulwark.Defenses.Detection;

/// <summary>LengthVar_u = |n_u − n̄| / Σ_v (n_v − n̄)² (Burke et al. 2006); 0 where all profiles are equally long.</summary>
public static class LengthVariance
{
    /// <summary>The detector.</summary>
    public static Detector Detector { get; } = new("length", "has a profile of unusual length", (profiles, _) =>
    {
        var lengths = profiles.Each(user => profiles.Matrix.Length(user));
        var mean = lengths.Where(double.IsFinite).Average();
        var square = lengths.Where(double.IsFinite).Sum(length => (length - mean) * (length - mean));
        return profiles.Each(user => square > 0 ? Math.Abs(lengths[user] - mean) / square : 0);
    });
}
