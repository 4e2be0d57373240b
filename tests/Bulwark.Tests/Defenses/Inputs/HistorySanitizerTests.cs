using Bulwark.Defenses.Inputs;
using Bulwark.Models;
using Bulwark.Models.Neighbors;

namespace Bulwark.Tests.Defenses.Inputs;

public sealed class HistorySanitizerTests
{
    private static readonly SparseItemModel _model = ItemKnn.Fit(Blocks.Train, new());

    /// <summary>
    /// In a history of one block an item of the other is improbable given the rest: by co-occurrence it scores 0, like all ten of its block, below the ten of the
    /// first. Ten above and nine equal, of 20: its rank is (10 + 4.5) / 20 = .725.
    /// </summary>
    [Theory]
    [InlineData(0.5, false)]
    [InlineData(0.8, true)]
    public void AnItemThatTheRestDoesNotSupportIsDropped(double share, bool stays)
    {
        var keep = new HistorySanitizer(_model, share).Keep([0, 1, 2, 15, 3, 4]);
        Assert.Equal([true, true, true, stays, true, true], keep);
    }

    [Fact]
    public void SomethingAlwaysStays()
    {
        Assert.Equal([true], new HistorySanitizer(_model, 0).Keep([3]));
        Assert.Empty(new HistorySanitizer(_model, 0).Keep([]));
        Assert.Contains(true, new HistorySanitizer(_model, 0).Keep([1, 12]));
    }

    /// <summary>Each user of the first block touches one item of the other: exactly those rows go, and the lists are those of clean histories.</summary>
    [Fact]
    public void NoiseIsTakenOutOfTrainingAndOutOfScoring()
    {
        var noisy = Blocks.Of(Blocks.Users, Blocks.Items, Enumerable.Range(0, Blocks.Train.Count).Select(row => (Blocks.Train.User[row], Blocks.Train.Item[row]))
            .Concat(Enumerable.Range(0, Blocks.UsersEach).Select(user => (user, Blocks.ItemsEach + user % Blocks.ItemsEach))));
        var sanitizer = new HistorySanitizer(_model, 0.5);
        var clean = sanitizer.Of(noisy);
        Assert.Equal(Blocks.Train.Count, clean.Count);
        Assert.Equal(Blocks.Train.Item.ToArray(), clean.Item.ToArray());

        var recommender = new SanitizedRecommender(_model, sanitizer, noisy.ByUser);
        float[] expected = new float[2 * Blocks.Items], found = new float[2 * Blocks.Items], direct = new float[2 * Blocks.Items];
        _model.Score([2, 20], expected);
        recommender.Score([2, 20], found);
        Assert.Equal(expected, found);
        _model.ScoreHistory(noisy.ByUser.Items(2), direct);
        Assert.NotEqual(expected[..Blocks.Items], direct[..Blocks.Items]);
        Assert.Equal((Blocks.Users, Blocks.Items), (recommender.UserCount, recommender.ItemCount));
        Assert.Equal(ScoreSource.FoldIn, recommender.ScoreHistory(noisy.ByUser.Items(2), direct));
    }
}
