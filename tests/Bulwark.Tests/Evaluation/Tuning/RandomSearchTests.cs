using Bulwark.Evaluation.Tuning;
using static Bulwark.Tests.Evaluation.Tuning.TuningWorld;

namespace Bulwark.Tests.Evaluation.Tuning;

public class RandomSearchTests
{
    [Fact]
    public void NothingIsTriedTwiceAndASmallSpaceIsTriedWhole()
    {
        var space = new SearchSpace(Dimension.Whole("w", 1, 4), Dimension.Choice("c", "a", "b", "c"));
        var trials = Run(space, RandomSearch.Of(50), 1, _ => 0);
        Assert.Equal(12, trials.Count);                      // 4 · 3
        Assert.Equal(12, trials.DistinctBy(trial => (trial.Values[0], trial.Values[1])).Count());
    }

    [Fact]
    public void DrawsAreEven()
    {
        // 400 draws of a binomial share ½ have a deviation of 10: 160 to 240 is four of them.
        var trials = Run(Mixed, RandomSearch.Of(400), 1, _ => 0);
        Assert.InRange(trials.Count(trial => trial.Values[0] < 0.01), 160, 240);
        Assert.InRange(trials.Count(trial => trial.Values[3] < 0.5), 160, 240);
        foreach (var word in new[] { 0, 1, 2 }) Assert.InRange(trials.Count(trial => trial.Values[2] == word), 95, 172);      // 133 ± 4 · 9.4
    }

    [Fact]
    public void ASearchHasTrials() => Assert.Throws<ArgumentOutOfRangeException>(() => RandomSearch.Of(0));
}
