using Bulwark.Data;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class ProfileSamplerTests
{
    /// <summary>Likeliest first: 3, 1, 0, 2, 4.</summary>
    private static readonly ProfileSampler _sampler = new(5, (given, _) => Tensor.Of(5, 3, 4, 2, 5, 1).ExpandTo((given.Shape[0], 5)));

    [Fact]
    public void WithoutNoiseTheLikeliestFollowWhatIsKnown() =>
        Assert.Equal([[3, 1], [4, 2, 3, 1], [0]], _sampler.Draw([2, 4, 1], [[], [4, 2], [0]], new Rng(1), noise: 0));

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
