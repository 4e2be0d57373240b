using Bulwark.Tensors;

namespace Bulwark.Defenses.Detection;

/// <summary>
/// Isolation forest (Liu, Ting and Zhou 2008) over what the other detectors say of a profile: 2^(−E h / c), h the depth at which random cuts have
/// parted a user from a sample of others, and c its mean for a sample of that size.
/// </summary>
public static class IsolationForest
{
    private const int Trees = 100, Sample = 256;

    /// <summary>The detector.</summary>
    public static Detector Detector { get; } = new("isolation", "stands apart in several respects at once", (profiles, rng) =>
    {
        Detector[] features = [RatingDeviation.Rdma, RatingDeviation.Wdma, LengthVariance.Detector, DegreeOfSimilarity.Detector, Unpopularity.Detector];
        double[][] columns = [.. features.Select(feature => feature.Score(profiles, rng))];
        int[] users = [.. Enumerable.Range(0, profiles.Users).Where(user => profiles.Matrix.Length(user) > 0)];
        double[][] points = [.. users.Select(user => columns.Select(column => column[user]).ToArray())];
        var scores = Score(points, rng.Fork("forest"));
        var all = profiles.Each(_ => 0);
        for (var n = 0; n < users.Length; n++) all[users[n]] = scores[n];
        return all;
    });

    /// <summary>(points): near 1 for what is easily parted, about ½ and less for what is not.</summary>
    /// <param name="points">The features of each.</param>
    /// <param name="rng">Draws samples and cuts.</param>
    public static double[] Score(double[][] points, Rng rng)
    {
        var (depth, size) = (new double[points.Length], Math.Min(Sample, points.Length));
        var most = (int)Math.Ceiling(Math.Log2(Math.Max(2, size)));
        for (var tree = 0; tree < Trees; tree++)
        {
            var dice = rng.Fork(tree);
            int[] sample = [.. Enumerable.Range(0, points.Length)];
            dice.Shuffle<int>(sample);
            Cut(points, sample[..size], [.. Enumerable.Range(0, points.Length)], 0, most, depth, dice);
        }
        return [.. depth.Select(sum => Math.Pow(2, -sum / Trees / Math.Max(1e-12, Unparted(size))))];
    }

    /// <summary>Cuts the sample at random, and lets the others fall along, until nothing is left to part.</summary>
    private static void Cut(double[][] points, int[] sample, int[] falling, int level, int most, double[] depth, Rng dice)
    {
        if (falling.Length == 0) return;
        int[] varying = sample.Length < 2 || level == most ? [] :
            [.. Enumerable.Range(0, points[0].Length).Where(f => sample.Any(point => points[point][f] != points[sample[0]][f]))];
        if (varying.Length == 0)
        {
            foreach (var point in falling) depth[point] += level + Unparted(sample.Length);
            return;
        }
        var feature = varying[dice.Next(varying.Length)];
        var (low, high) = (sample.Min(point => points[point][feature]), sample.Max(point => points[point][feature]));
        var at = low + dice.NextDouble() * (high - low);
        foreach (var left in new[] { true, false })
            Cut(points, Side(sample, left), Side(falling, left), level + 1, most, depth, dice);

        int[] Side(int[] some, bool left) => Array.FindAll(some, point => points[point][feature] <= at == left);
    }

    /// <summary>c(n): the mean depth of an unsuccessful search in a binary tree of n.</summary>
    private static double Unparted(int n) => n < 2 ? 0 : n == 2 ? 1 : 2 * (Math.Log(n - 1) + 0.5772156649) - 2.0 * (n - 1) / n;
}
