using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class NegativeSamplerTests
{
    [Theory]
    [InlineData(NegativeSampling.Uniform)]
    [InlineData(NegativeSampling.Popularity)]
    public void WhatIsDrawnWasNotTouched(NegativeSampling sampling)
    {
        var (sampler, rng) = (new NegativeSampler(Blocks.Train, sampling), new Rng(1));
        for (var draw = 0; draw < 20_000; draw++)
        {
            var user = draw % Blocks.Users;
            Assert.False(Blocks.Train.ByUser.Contains(user, sampler.Draw(user, rng)));
        }
    }

    /// <summary>Of 500 items, user 0 has touched all but number 123 and user 1 all but 7 and 400; the popular ones are all among the touched.</summary>
    [Theory]
    [InlineData(NegativeSampling.Uniform)]
    [InlineData(NegativeSampling.Popularity)]
    public void TheFewItemsLeftAreFound(NegativeSampling sampling)
    {
        var pairs = Enumerable.Range(0, 500).SelectMany(item => new[] { (0, item), (1, item) }).Where(p => p is not ((0, 123) or (1, 7) or (1, 400)));
        var (sampler, rng) = (new NegativeSampler(Blocks.Of(2, 500, pairs), sampling), new Rng(2));
        for (var draw = 0; draw < 300; draw++)
        {
            Assert.Equal(123, sampler.Draw(0, rng));
            Assert.Contains(sampler.Draw(1, rng), new[] { 7, 400 });
        }
    }

    [Fact]
    public void WhoHasTouchedEverythingStillGetsAnItem()
    {
        var sampler = new NegativeSampler(Blocks.Of(1, 3, [(0, 0), (0, 1), (0, 2)]), NegativeSampling.Uniform);
        Assert.InRange(sampler.Draw(0, new Rng(1)), 0, 2);
    }

    /// <summary>Uniform over what is left; by popularity, in proportion to 1 : 2 : 6 : 0 of the items that user 0 has not touched (item 0).</summary>
    [Fact]
    public void FrequenciesAreThoseAskedFor()
    {
        var train = Blocks.Of(8, 5, [(0, 0), .. Spread(1, 1), .. Spread(2, 2), .. Spread(3, 6)]);
        AssertShares([0, 1 / 4.0, 1 / 4.0, 1 / 4.0, 1 / 4.0], NegativeSampling.Uniform);
        AssertShares([0, 1 / 9.0, 2 / 9.0, 6 / 9.0, 0], NegativeSampling.Popularity);

        static IEnumerable<(int, int)> Spread(int item, int times) => Enumerable.Range(1, times).Select(user => (user, item));

        void AssertShares(double[] shares, NegativeSampling sampling)
        {
            const int draws = 30_000;
            var (sampler, rng, counts) = (new NegativeSampler(train, sampling), new Rng(3), new int[5]);
            for (var draw = 0; draw < draws; draw++) counts[sampler.Draw(0, rng)]++;
            for (var item = 0; item < 5; item++) Assert.Equal(shares[item], counts[item] / (double)draws, 0.012);       // four deviations
        }
    }
}
