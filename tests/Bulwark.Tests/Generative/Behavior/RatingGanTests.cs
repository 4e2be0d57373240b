using Bulwark.Data;
using Bulwark.Generative;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class RatingGanTests
{
    private static readonly Interactions _real = World(120, new Rng(1));
    private static readonly RatingGanOptions _options = new(6, 120) { Batch = 30, Latent = 2, Hidden = 16, Rate = 1e-2f };
    private static readonly (RatingSampler Sampler, GameResult Result) _trained = new RatingGan(Ratings.Of(_real)!, _options).Train(new Rng(2));

    /// <summary>
    /// A world whose right answer is known: half of the people are kind (4 or 5), the others not (1 or 2); everybody rates six of twelve items.
    /// </summary>
    private static Interactions World(int users, Rng rng)
    {
        var builder = new InteractionsBuilder(items: new Vocabulary(Enumerable.Range(0, 12).Select(item => $"i{item}")), hasValues: true);
        for (var user = 0; user < users; user++)
        {
            int[] items = [.. Enumerable.Range(0, 12)];
            rng.Shuffle<int>(items);
            foreach (var item in items.AsSpan(0, 6)) builder.Add($"u{user}", $"i{item}", (user % 2 == 0 ? 4 : 1) + rng.Next(2));
        }
        return builder.Build();
    }

    /// <summary>Somebody is kind or is not. Ratings drawn item by item have the right distribution, and nobody with a character.</summary>
    [Fact]
    public void PeopleHaveACharacter()
    {
        var quality = RatingQuality.Of(_real, _trained.Sampler.Rate(_real, new Rng(3)));
        var control = RatingQuality.Of(_real, RatingSampler.ByItem(Ratings.Of(_real)!).Rate(_real, new Rng(3)));
        Assert.InRange(control.Ratings, 0, 0.05);
        Assert.InRange(control.Users, 0.4, 1);
        Assert.InRange(quality.Ratings, 0, 0.15);
        Assert.InRange(quality.Users, 0, 0.3);
    }

    /// <summary>
    /// Forty people rate 15 of 60 items by throwing dice: there is nothing to be learned, and one rating in five comes out right. A net that sees whole profiles
    /// knows by them who it is, and learns what they said by heart.
    /// </summary>
    [Fact]
    public void NobodysRatingsAreLearnedByHeart()
    {
        var (dice, rng) = (new InteractionsBuilder(items: new Vocabulary(Enumerable.Range(0, 60).Select(item => $"i{item}")), hasValues: true), new Rng(1));
        for (var user = 0; user < 40; user++)
        {
            int[] items = [.. Enumerable.Range(0, 60)];
            rng.Shuffle<int>(items);
            foreach (var item in items.AsSpan(0, 15)) dice.Add($"u{user}", $"i{item}", 1 + rng.Next(5));
        }
        var real = dice.Build();
        var options = new RatingGanOptions(5, 400) { Batch = 40, Latent = 2, Hidden = 64, Rate = 1e-2f };
        Assert.InRange(Same(options), 0.1, 0.4);
        Assert.InRange(Same(options with { Unseen = 0 }), 0.6, 1);

        double Same(RatingGanOptions with)
        {
            var made = new RatingGan(Ratings.Of(real)!, with).Train(new Rng(2)).Sampler.Rate(real, new Rng(3));
            return Enumerable.Range(0, real.Count).Count(row => made.Value[row] == real.Value[row]) / (double)real.Count;
        }
    }

    [Fact]
    public void RowsStayWhatTheyAre()
    {
        var made = _trained.Sampler.Rate(_real, new Rng(3));
        Assert.Equal(_real.Item.ToArray(), made.Item.ToArray());
        Assert.Equal([1, 2, 4, 5], made.Value.ToArray().Distinct().Order().Except([3f]));
        Assert.All(_trained.Result.Curve, epoch => Assert.True(epoch is { GeneratorGradient: > 0, CriticGradient: > 0 }));
    }

    [Fact]
    public void EqualSeedsGiveEqualRatingsAndSettingsChangeThem()
    {
        var small = new RatingGanOptions(3, 2) { Batch = 60, Latent = 2, Hidden = 8, Rate = 0.02f, Adversarial = 1 };
        var ratings = Made(small, 1);
        Assert.Equal(ratings, Made(small, 1));
        Assert.NotEqual(ratings, Made(small, 2));
        foreach (var other in new[]
        {
            small with { Epochs = 6 }, small with { Before = 4 }, small with { Adversarial = 50 }, small with { Rate = 0.05f }, small with { Latent = 3 },
            small with { Hidden = 10 }, small with { Batch = 20 }, small with { Unseen = 0.1f },
        })
            Assert.False(ratings == Made(other, 1), other.ToString());

        string Made(RatingGanOptions options, ulong seed) => new RatingGan(Ratings.Of(_real)!, options).Train(new Rng(seed)).Sampler.Rate(_real, new Rng(5)).Hash;
    }
}
