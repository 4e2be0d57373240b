namespace Bulwark.Defenses.Detection;

/// <summary>
/// The share of marked raters that is usual for items like each: a line through the logits of shares, by weighted least squares in which what lies far off
/// counts less with every round (Huber 1964).
/// </summary>
internal static class UsualShare
{
    private const int LeastRaters = 5, MostWeight = 20, Rounds = 20;
    private const double Prior = 2, Far = 1.5;               // raters of the crowd mixed in; deviations from which distance counts less

    /// <summary>(items) p_i = σ(a + b x_i).</summary>
    /// <param name="raters">n_i.</param>
    /// <param name="marked">k_i.</param>
    /// <param name="likeness">x_i.</param>
    public static double[] Of(int[] raters, int[] marked, double[] likeness)
    {
        var crowd = Math.Clamp((double)marked.Sum() / Math.Max(1, raters.Sum()), 1e-6, 1 - 1e-6);
        int[] items = [.. Enumerable.Range(0, raters.Length).Where(item => raters[item] >= LeastRaters)];
        double[] share = [.. items.Select(item => (marked[item] + Prior * crowd) / (raters[item] + Prior))];
        double[] x = [.. items.Select(item => likeness[item])], y = [.. share.Select(p => Math.Log(p / (1 - p)))];
        double[] trust = [.. items.Select((item, n) => Math.Min(MostWeight, raters[item] * share[n] * (1 - share[n])))];
        var (weight, a, b) = ((double[])trust.Clone(), Math.Log(crowd / (1 - crowd)), 0.0);
        for (var round = 0; round < Rounds && items.Length > 1; round++)
        {
            (a, b) = Line(x, y, weight);
            double[] off = [.. x.Zip(y, (at, value) => Math.Abs(value - a - b * at))];
            var near = Far * Robust.Spread(off.Concat(off.Select(distance => -distance))).Deviation;
            for (var n = 0; n < off.Length; n++) weight[n] = trust[n] * (off[n] > near ? near / off[n] : 1);
        }
        return [.. likeness.Select(at => Math.Clamp(1 / (1 + Math.Exp(-a - b * at)), 1e-6, 1 - 1e-6))];
    }

    private static (double A, double B) Line(double[] x, double[] y, double[] weight)
    {
        var total = Math.Max(1e-12, weight.Sum());
        var (meanX, meanY) = (x.Zip(weight, (v, w) => v * w).Sum() / total, y.Zip(weight, (v, w) => v * w).Sum() / total);
        double square = 0, product = 0;
        for (var n = 0; n < x.Length; n++)
        {
            square += weight[n] * (x[n] - meanX) * (x[n] - meanX);
            product += weight[n] * (x[n] - meanX) * (y[n] - meanY);
        }
        var slope = square > 1e-12 ? product / square : 0;
        return (meanY - slope * meanX, slope);
    }
}
