using Bulwark.Data;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class ProfileSamplerTests
{
    /// <summary>Likeliest first: 3, 1, 0, 2, 4.</summary>
    private static readonly ProfileSampler _sampler = new(5, (given, _) => Tensor.Of(5, 3, 4, 2, 5, 1).ExpandTo((given.Shape[0], 5)));

    [Fact]
    public void TheLikeliestFollowWhatIsKnown() =>
        Assert.Equal([[3, 1], [2, 3], [0, 3]], _sampler.Likeliest(2, [4, 4, 3], [[], [2], [0]], new Rng(1), 3));

    /// <summary>
    /// Codes that prefer item 0 or item 1 in turn, and item 2 always second: of each code 0 or 1 is likeliest, on the mean 2. Of a sum of e^1.2 + e^−2 + e^1 = 6.17
    /// it has 2.72 each time, they 3.32 and .14.
    /// </summary>
    [Fact]
    public void TheLikeliestAreThoseOfTheMeanOverCodes()
    {
        var code = 0;
        var sampler = new ProfileSampler(3, (_, _) => code++ % 2 == 0 ? Tensor.Of((1, 3), 1.2f, -2, 1) : Tensor.Of((1, 3), -2, 1.2f, 1));
        Assert.Equal([[2, 0, 1]], sampler.Likeliest(3, [3], [[]], new Rng(1), 2).Select(profile => (int[])[profile[0], .. profile[1..].Order()]));
        code = 0;
        Assert.Equal(0, sampler.Likeliest(3, [3], [[]], new Rng(1), 1)[0][0]);
    }

    [Fact]
    public void DrawsHaveTheLengthAndNoItemTwice()
    {
        int[] lengths = [.. Enumerable.Range(0, 600).Select(n => 1 + n % 5)];                    // more than are drawn at once
        var profiles = _sampler.Draw(lengths, [.. lengths.Select(_ => Array.Empty<int>())], new Rng(1));
        Assert.Equal(lengths, profiles.Select(profile => profile.Distinct().Count()));
        Assert.Equal(lengths, profiles.Select(profile => profile.Length));
        Assert.NotEqual(profiles[0..256].Select(profile => profile[0]), profiles[256..512].Select(profile => profile[0]));
    }

    /// <summary>Weights 9.5, .5 and .5: the first item of a draw is the popular one in 19 of 21 cases.</summary>
    [Fact]
    public void PopularityDrawsByCounts()
    {
        var profiles = ProfileSampler.ByPopularity([9, 0, 0]).Draw([.. Enumerable.Repeat(1, 4000)], [.. Enumerable.Repeat(Array.Empty<int>(), 4000)], new Rng(1));
        Assert.Equal(9.5 / 10.5, profiles.Count(profile => profile[0] == 0) / 4000.0, 0.015);
    }

    /// <summary>Real users have one item or three; so have made-up ones, about as often, over the same items.</summary>
    [Fact]
    public void NewUsersAreAsActiveAsRealOnes()
    {
        var builder = new InteractionsBuilder(items: new Vocabulary(["a", "b", "c", "d", "e"]));
        for (var user = 0; user < 40; user++)
            for (var item = 0; item < (user % 4 == 0 ? 3 : 1); item++) builder.Add($"u{user}", $"{(char)('a' + item)}");
        var real = builder.Build();
        var made = _sampler.Generate(1000, real, new Rng(2));
        int[] lengths = [.. Enumerable.Range(0, 1000).Select(user => made.ByUser.Items(user).Length)];
        Assert.Equal([1, 3], lengths.Distinct().Order());
        Assert.Equal(0.25, lengths.Count(length => length == 3) / 1000.0, 0.05);
        Assert.Same(real.Items, made.Items);
        Assert.Equal("synthetic-1000", made.Users[999]);
    }
}
