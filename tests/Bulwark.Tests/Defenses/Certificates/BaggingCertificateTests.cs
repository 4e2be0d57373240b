using Bulwark.Defenses.Certificates;
using Bulwark.Tensors;

namespace Bulwark.Tests.Defenses.Certificates;

public sealed class BaggingCertificateTests
{
    /// <summary>κ by counting: the subsets of s of n + e that hold no fake.</summary>
    [Theory]
    [InlineData(5, 2, 1, 10.0 / 15)]
    [InlineData(5, 2, 3, 10.0 / 28)]
    [InlineData(4, 4, 1, 1.0 / 5)]
    [InlineData(5, 2, 0, 1)]
    public void UntouchedIsTheShareOfSubsetsWithoutAFake(int users, int sampled, int fakes, double expected) =>
        Assert.Equal(expected, new BaggingCertificate(users, sampled, 1, 1).Untouched(fakes), 1e-12);

    /// <summary>
    /// N = 1, k = 1, κ = ⅔: a list of p = .8 keeps its item while ⅔ · .8 = .533 exceeds ⅔ p₂ + ⅓, that is up to p₂ = .3.
    /// </summary>
    [Theory]
    [InlineData(0.29, 1)]
    [InlineData(0.31, 0)]
    public void OneItemByHand(double second, int expected) =>
        Assert.Equal(expected, new BaggingCertificate(5, 2, 1, 1).Overlap([0.8], [second, 0.05], 1));

    /// <summary>
    /// The joint bound: N = 2, k = 1, κ = ⅔, p = (p₁, .33 | .1, .1). To lose both, two rivals must pass ⅔ p₁: alone each could reach .4, but together they
    /// gain ⅓, and the lower of the two reaches (⅔ · .2 + ⅓)/2 = .2333, which p₁ = .36 exceeds (.24) and p₁ = .34 does not (.2267).
    /// </summary>
    [Theory]
    [InlineData(0.36, 1)]
    [InlineData(0.34, 0)]
    public void RivalsShareTheVotesOfPoisonedModels(double first, int expected) =>
        Assert.Equal(expected, new BaggingCertificate(5, 2, 1, 2).Overlap([first, 0.33], [0.1, 0.1, 0.05], 1));

    /// <summary>
    /// Against brute force on a toy recommender: a model counts the items of its users and votes for the k most frequent. All subsamples are enumerated, before
    /// and after every poisoning by one or two accounts of any items; the overlap is never below the certified one. And where models that
    /// see a fake may vote for anything, the certified overlap is what the worst votes leave, in nearly all worlds.
    /// </summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(2, 2, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(2, 3, 1)]
    public void NoPoisoningOfAToyRecommenderTakesMore(int votes, int top, int fakes)
    {
        const int users = 5, items = 4, sampled = 2;
        var (rng, certified, exact, worlds) = (new Rng(5), 0, 0, 40);
        var certificate = new BaggingCertificate(users, sampled, votes, top);
        for (var world = 0; world < worlds; world++)
        {
            int[] profiles = [.. Enumerable.Range(0, users).Select(_ => rng.Next(4) == 0 ? 1 << rng.Next(items) : 1 << 0 | 1 << rng.Next(items))];
            var clean = Shares(profiles);
            var list = Best(clean).ToHashSet();
            var overlap = certificate.Overlap([.. list.Select(i => clean[i])], [.. Enumerable.Range(0, items).Except(list).Select(i => clean[i])], fakes);
            var least = Poisonings(fakes).Min(fake => Best(Shares([.. profiles, .. fake])).Count(list.Contains));
            Assert.True(least >= overlap, $"{least} stay, {overlap} were certified");
            var worst = WorstVotes(clean, list);
            Assert.True(worst >= overlap, $"{worst} stay, {overlap} were certified");
            certified += overlap;
            exact += worst;
        }
        Assert.InRange(certified, Math.Max(1, exact - worlds / 4), exact);

        double[] Shares(int[] profiles)
        {
            var (shares, subsets) = (new double[items], Subsets(profiles.Length).ToArray());
            foreach (var (a, b) in subsets)
                foreach (var item in Enumerable.Range(0, items).OrderByDescending(i => (profiles[a] >> i & 1) + (profiles[b] >> i & 1)).ThenBy(i => i).Take(votes))
                    shares[item] += 1.0 / subsets.Length;
            return shares;
        }

        int[] Best(double[] shares) => [.. Enumerable.Range(0, items).OrderByDescending(i => Math.Round(shares[i], 9)).ThenBy(i => i).Take(top)];

        static IEnumerable<(int, int)> Subsets(int of) => from a in Enumerable.Range(0, of) from b in Enumerable.Range(a + 1, of - a - 1) select (a, b);

        static IEnumerable<int[]> Poisonings(int fakes) => fakes == 1
            ? Enumerable.Range(0, 1 << items).Select(fake => new[] { fake })
            : from a in Enumerable.Range(0, 1 << items) from b in Enumerable.Range(a, (1 << items) - a) select new[] { a, b };

        // Ties against the list: the worst of all ways in which the models that see a fake share their votes out.
        int WorstVotes(double[] clean, HashSet<int> list)
        {
            var (all, untouched) = (Subsets(users + fakes).Count(), Subsets(users).Count());
            var poisoned = all - untouched;
            return Compositions(items, votes * poisoned, poisoned).Min(extra =>
            {
                var sums = Enumerable.Range(0, items).Select(i => (clean[i] * untouched + extra[i]) / all).ToArray();
                return Enumerable.Range(0, items).OrderByDescending(i => Math.Round(sums[i], 9)).ThenBy(list.Contains).Take(top).Count(list.Contains);
            });
        }
    }

    /// <summary>More fakes, more votes a model, more doubt never certify more; all votes for the list certify all of it against few.</summary>
    [Fact]
    public void EverySettingMovesTheCertificateTheRightWay()
    {
        var counts = new int[50];
        for (var i = 0; i < 10; i++) counts[i] = 900 - 40 * i;
        for (var i = 10; i < 50; i++) counts[i] = 60;
        int[] fakes = [0, 1, 2, 3, 5, 8, 13, 21, 50];
        var base100 = new BaggingCertificate(1000, 50, 10, 10);
        var overlaps = base100.Overlaps([counts], 1000, fakes)[0];
        Assert.Equal(overlaps.OrderDescending(), overlaps);
        Assert.Equal(10, overlaps[0]);
        Assert.Equal(0, overlaps[^1]);
        Assert.True(Sum(base100 with { Sampled = 100 }) < overlaps.Sum());
        Assert.True(Sum(base100 with { Alpha = 1e-30 }) < overlaps.Sum());
        Assert.True(Sum(base100 with { Users = 2000 }) > overlaps.Sum());
        Assert.True(Sum(base100 with { Votes = 1 }) > overlaps.Sum());
        Assert.Equal(Enumerable.Range(0, 10), base100.List(counts));

        int Sum(BaggingCertificate certificate) => certificate.Overlaps([counts], 1000, fakes)[0].Sum();
    }

    [Fact]
    public void AShortCatalogIsRefused() =>
        Assert.Contains("A list of 10", Assert.Throws<ArgumentException>(() => new BaggingCertificate(10, 5, 1, 10).Overlaps([new int[3]], 10, 1)).Message);

    /// <summary>All ways to hand out a total over places, each at most a bound.</summary>
    private static IEnumerable<int[]> Compositions(int places, int total, int most)
    {
        if (places == 1) return total <= most ? [[total]] : [];
        return Enumerable.Range(0, Math.Min(total, most) + 1).SelectMany(first => Compositions(places - 1, total - first, most).Select(rest => (int[])[first, .. rest]));
    }
}
