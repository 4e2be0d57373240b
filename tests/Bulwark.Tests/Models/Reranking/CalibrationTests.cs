using Bulwark.Models.Reranking;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Reranking;

/// <summary>Items 0 to 4 are of category 0, 5 to 9 of category 1, 10 of both, 11 of none.</summary>
public sealed class CalibrationTests
{
    private static readonly Calibration Genres = new(new(2, Enumerable.Range(0, 12).Select(item => item switch
    {
        < 5 => new[] { (0, 2f) },
        < 10 => [(1, 1f)],
        10 => [(0, 1f), (1, 1f)],
        _ => [],
    })));

    private static readonly float[] Scores = [.. Enumerable.Range(0, 12).Select(item => 12f - item)];

    /// <summary>p = (¾, ¼) and q = (½, ½): ¾ ln(.75 / (.495 + .0075)) + ¼ ln(.25 / (.495 + .0025)).</summary>
    [Fact]
    public void DivergenceWorkedByHand()
    {
        Assert.Equal(0.75 * Math.Log(0.75 / 0.5025) + 0.25 * Math.Log(0.25 / 0.4975), Genres.Divergence([0, 1, 2, 5], [3, 6]), 1e-7);
        Assert.Equal(0, Genres.Divergence([0, 5], [10]), 1e-7);
        Assert.Equal(0, Genres.Divergence([11], [0]), 1e-7);
    }

    [Fact]
    public void LambdaZeroKeepsTheOrder() => Assert.Equal([0, 1, 2, 3], Genres.At(0)(Scores, [5, 6], 4));

    [Fact]
    public void LambdaOneShowsWhatTheHistoryHolds()
    {
        Assert.Equal([5, 6, 7], Genres.At(1)(Scores, [8, 9], 3));
        Assert.Equal([10, 11, 0], Genres.At(1)(Scores, [0, 5], 3));                             // an item of no category shifts no proportion
    }

    [Fact]
    public void TheDivergenceFallsAsLambdaGrows()
    {
        int[] history = [0, 1, 5, 6, 7];
        double[] found = [.. new[] { 0, 0.5f, 0.9f, 1 }.Select(lambda => Genres.Divergence(history, Genres.At(lambda)(Scores, history, 5)))];
        Assert.Equal(found.OrderDescending(), found);
        Assert.True(found[^1] < 0.1 * found[0], string.Join(", ", found));
    }

    [Fact]
    public void BadSettingsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Genres.At(-0.1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => Genres.At(0.1f, 0));
        Assert.Contains("negative", Assert.Throws<ArgumentException>(() => new Calibration(new SparseRows(1, [[(0, -1f)]]))).Message);
    }
}
