using Bulwark.Data;
using Bulwark.Generative.Behavior;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class HistoryQualityTests
{
    /// <summary>Pairs ab, bc of one user; ab, bd of another: half in common. Five places apart there is nothing here.</summary>
    [Fact]
    public void OverlapIsTheShareInCommon()
    {
        var items = new Vocabulary(["a", "b", "c", "d"]);
        var (one, other) = (Of("abc"), Of("abd"));
        Assert.Equal(0.5, HistoryQuality.Overlap(one, other, 1), 1e-12);
        Assert.Equal(1, HistoryQuality.Overlap(one, one, 1), 1e-12);
        Assert.Equal(0, HistoryQuality.Of(one, other).Later);
        Assert.Equal(0, HistoryQuality.Overlap(one, Of("cba"), 1));
        Assert.Equal(1, HistoryQuality.Of(one, Of("cba")).Sets.Coverage);

        Interactions Of(string text) => new(new Vocabulary(["u"]), items, new int[text.Length], [.. text.Select(letter => letter - 'a')]);
    }

    /// <summary>A chain has the pairs of neighbors and not those further apart: five steps of five are a step of one here, of 1 and 5 mixed they are anything.</summary>
    [Fact]
    public void AChainIsNearAndNotFar()
    {
        var real = HistoryWorld.TwoStrides(60, new(1));
        var quality = HistoryQuality.Of(real, HistorySampler.MarkovChain(real).Generate(60, real, new(2)));
        Assert.InRange(quality.Next, 0.6, 1);
        Assert.InRange(quality.Later, 0, 0.5);
    }
}
