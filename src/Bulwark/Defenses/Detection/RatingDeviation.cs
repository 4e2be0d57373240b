namespace Bulwark.Defenses.Detection;

/// <summary>
/// How far a user's ratings are from those of others, where few others rate (Chirita, Nejdl and Zamfir 2005; Burke et al. 2006):
/// RDMA_u = 1/n_u Σ_i |r_ui − μ_i| / n_i, and WDMA_u, which divides by n_i². 0 where there are no ratings.
/// </summary>
public static class RatingDeviation
{
    /// <summary>Rating deviation from mean agreement.</summary>
    public static Detector Rdma { get; } = Of("rdma", "rates far from others what few rate", 1);

    /// <summary>Weighted deviation from mean agreement.</summary>
    public static Detector Wdma { get; } = Of("wdma", "rates far from others what hardly anyone rates", 2);

    private static Detector Of(string name, string reason, int power) => new(name, reason, (profiles, _) => profiles.Each(user => profiles.Mean(user, n =>
        profiles.Deviation(user, n) / Math.Pow(profiles.Raters[profiles.Matrix.Row(user)[n]], power))));
}
