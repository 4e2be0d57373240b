namespace Bulwark.Defenses.Privacy;

/// <summary>
/// What a number of steps of <see cref="DpSgd"/> give away about one user more or less, by Rényi differential privacy (Mironov 2017): divergences of the steps add up.
/// </summary>
/// <param name="Share">q, the probability with which a step draws a user.</param>
/// <param name="Noise">σ, in units of the clipped norm.</param>
/// <param name="Steps">How many.</param>
public sealed record RenyiAccountant(double Share, double Noise, long Steps)
{
    private const double MostNoise = 1e6;
    private static readonly double[] Orders =
        [.. Enumerable.Range(1, 99).Select(tenth => 1 + tenth / 10.0), .. Enumerable.Range(11, 53).Select(whole => (double)whole), 80, 96, 128, 192, 256, 512, 1024];

    /// <summary>The Rényi divergence of all steps at an order α above 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">α is not above 1.</exception>
    public double Divergence(double order) => order > 1 ? Steps * SampledGaussian.Divergence(Share, Noise, order)
        : throw new ArgumentOutOfRangeException(nameof(order), order, "An order lies above 1.");

    /// <summary>
    /// The least ε over orders such that training is (ε, δ)-private: ε = D_α + ln((α − 1)/α) − (ln δ + ln α)/(α − 1) (Canonne, Kamath and Steinke 2020, proposition 12;
    /// Balle et al. 2020, theorem 21).
    /// </summary>
    /// <param name="delta">δ between 0 and 1; below one in the number of users it means something.</param>
    public double Epsilon(double delta)
    {
        if (!(delta is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(delta), delta, "δ lies between 0 and 1.");
        var least = double.PositiveInfinity;
        foreach (var order in Orders)
            least = Math.Min(least, Divergence(order) + Math.Log((order - 1) / order) - (Math.Log(delta) + Math.Log(order)) / (order - 1));
        return Math.Max(0, least);
    }

    /// <summary>The accountant of the least noise, to a thousandth, with which so many steps are (ε, δ)-private: by bisection.</summary>
    /// <exception cref="ArgumentException">No noise is enough, or there is no step or no user to protect.</exception>
    public static RenyiAccountant For(double epsilon, double delta, double share, long steps)
    {
        if (!(share is > 0 and <= 1 && steps > 0 && double.IsFinite(epsilon)))
            throw new ArgumentException($"{steps} steps with a share {share} of the users need no noise for ε {epsilon}; give some steps, some users and a finite ε.");
        var (low, high) = (0.0, 1.0);
        while (With(high).Epsilon(delta) > epsilon)
        {
            (low, high) = (high, 2 * high);
            if (high > MostNoise) throw new ArgumentException($"No noise makes {steps} steps ({epsilon}, {delta})-private; allow a larger ε.");
        }
        while (high - low > 1e-3 * high)
        {
            var middle = (low + high) / 2;
            if (With(middle).Epsilon(delta) > epsilon) low = middle;
            else high = middle;
        }
        return With(high);

        RenyiAccountant With(double noise) => new(share, noise, steps);
    }
}
