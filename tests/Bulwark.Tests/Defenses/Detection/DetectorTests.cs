using Bulwark.Defenses.Detection;
using Bulwark.Tensors;

namespace Bulwark.Tests.Defenses.Detection;

/// <summary>The detectors on a table of three users and three items, worked by hand, and what holds of all.</summary>
public sealed class DetectorTests
{
    /// <summary>
    /// User 0 gives item 0 a 5 and item 1 a 3; user 1 gives item 0 a 1 and item 1 a 3; user 2 gives items 0, 1, 2 the ratings 3, 3, 4.
    /// μ = 3, 3, 4 and n = 3, 3, 1.
    /// </summary>
    private static readonly Profiles Table = new(Blocks.Of(
        3, 3, [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1), (2, 2)],
        (user, item) => (user, item) switch { (0, 0) => 5, (1, 0) => 1, (2, 2) => 4, _ => 3 }));

    /// <summary>RDMA₀ = ½ (|5 − 3| / 3 + 0) = 1/3, RDMA₁ the same, RDMA₂ = 0. WDMA divides by 9: ½ · 2/9 = 1/9.</summary>
    [Fact]
    public void RatingDeviationByHand()
    {
        Close([1.0 / 3, 1.0 / 3, 0], RatingDeviation.Rdma.Score(Table, new(1)));
        Close([1.0 / 9, 1.0 / 9, 0], RatingDeviation.Wdma.Score(Table, new(1)));
    }

    /// <summary>n̄ = 7/3; deviations 1/3, 1/3, 2/3, squares 1/9 + 1/9 + 4/9 = 2/3: ½, ½, 1.</summary>
    [Fact]
    public void LengthVarianceByHand() => Close([0.5, 0.5, 1], LengthVariance.Detector.Score(Table, new(1)));

    /// <summary>
    /// Ratings less the user's mean: (1, −1), (−1, 1), (−1/3, −1/3, 2/3). 0 and 1 oppose each other, and 2 is at a right angle to both: nobody has a
    /// similar neighbor. With a fourth user who rates like user 0, these two have similarity 1 with each other: 1/25.
    /// </summary>
    [Fact]
    public void DegreeOfSimilarityByHand()
    {
        Close([0, 0, 0], DegreeOfSimilarity.Detector.Score(Table, new(1)));
        var twins = new Profiles(Blocks.Of(4, 3, [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1), (2, 2), (3, 0), (3, 1)],
            (user, item) => (user, item) switch { (0 or 3, 0) => 5, (1, 0) => 1, (2, 2) => 4, _ => 3 }));
        Close([0.04, 0, 0, 0.04], DegreeOfSimilarity.Detector.Score(twins, new(1)), 1e-6);
    }

    /// <summary>
    /// Mean ln n: (ln 3 + ln 3)/2 = ln 3 twice, and 2/3 ln 3. Median −ln 3, median distance 0, so (score − median) / .1: 0, 0 and 10/3 ln 3.
    /// </summary>
    [Fact]
    public void UnpopularityByHand() => Close([0, 0, Math.Log(3) * 10 / 3], Unpopularity.Detector.Score(Table, new(1)));

    /// <summary>
    /// Two tastes with 20 users each, and one who touched a single item of each: the tastes' users carry the first two directions. Against an exact
    /// decomposition of the covariance of users.
    /// </summary>
    [Fact]
    public void VariableSelectionAgreesWithADecomposition()
    {
        var rng = new Rng(5);
        var pairs = new HashSet<(int, int)>();
        for (var user = 0; user < 40; user++)
            for (var item = 0; item < 30; item++)
                if (rng.Next(10) < (item / 15 == user / 20 ? 6 : 1)) pairs.Add((user, item));
        pairs.UnionWith([(40, 0), (40, 20)]);
        var profiles = new Profiles(Blocks.Of(41, 30, pairs, (user, item) => 1 + (7 * user + 3 * item) % 5));
        var z = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(41, 30);
        for (var user = 0; user < 41; user++)
        {
            for (var n = 0; n < profiles.Matrix.Length(user); n++) z[user, profiles.Matrix.Row(user)[n]] = profiles.Matrix.Values(user)[n];
            var row = z.Row(user);
            var (mean, deviation) = (row.Average(), Math.Sqrt(row.Average(x => x * x) - row.Average() * row.Average()));
            z.SetRow(user, (row - mean) / deviation);
        }
        var vectors = (z * z.Transpose()).Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenVectors;
        double[] expected = [.. Enumerable.Range(0, 41).Select(user => -Enumerable.Range(38, 3).Sum(k => Math.Abs(vectors[user, k])))];
        Close(expected, VariableSelection.Detector.Score(profiles, new(1)), 0.02);
    }

    /// <summary>One point far from a cloud is parted first, whatever the seed.</summary>
    [Fact]
    public void AForestPartsTheOutlierFirst()
    {
        var rng = new Rng(3);
        double[][] points = [.. Enumerable.Range(0, 200).Select(_ => new[] { rng.NextGaussian(), rng.NextGaussian() }), [8, -8]];
        foreach (var seed in new ulong[] { 1, 2, 3 })
        {
            var scores = IsolationForest.Score(points, new(seed));
            Assert.Equal(200, Array.IndexOf(scores, scores.Max()));
            Assert.True(scores[200] > 0.65 && scores.Order().ElementAt(100) < 0.5);
        }
        Assert.All(IsolationForest.Score([.. Enumerable.Repeat(new[] { 1.0 }, 50)], new(1)), score => Assert.Equal(0.5, score, 6));   // nothing to part: E h = c
    }

    /// <summary>Users without a profile have no score, and clicks are enough for every detector.</summary>
    [Fact]
    public void EmptyProfilesAndClicks()
    {
        var profiles = new Profiles(Blocks.Of(4, 3, [(0, 0), (0, 1), (1, 0), (1, 2), (3, 1)]));
        foreach (var detector in Detector.All)
        {
            var scores = detector.Score(profiles, new(1));
            Assert.True(double.IsNaN(scores[2]), detector.Name);
            Assert.All(new[] { 0, 1, 3 }, user => Assert.True(double.IsFinite(scores[user]), detector.Name));
        }
    }

    private static void Close(double[] expected, double[] actual, double tolerance = 1e-9)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
