using Bulwark.Evaluation.Tuning;
using static Bulwark.Tests.Evaluation.Tuning.TuningWorld;

namespace Bulwark.Tests.Evaluation.Tuning;

public class SuccessiveHalvingTests
{
    [Fact]
    public void RoundsAreAsWorkedOut()
    {
        Assert.Equal([(9, 1 / 9.0), (3, 1 / 3.0), (1, 1.0)], SuccessiveHalving.Rounds(9, 3, 1.0 / 27));
        Assert.Equal([(40, 1 / 27.0), (13, 1 / 9.0), (4, 1 / 3.0), (1, 1.0)], SuccessiveHalving.Rounds(40, 3, 1.0 / 27));
        Assert.Equal([(100, 1 / 27.0), (33, 1 / 9.0), (11, 1 / 3.0), (3, 1.0)], SuccessiveHalving.Rounds(100, 3, 1.0 / 27));    // the least budget ends it
        Assert.Equal([(8, 1 / 8.0), (4, 1 / 4.0), (2, 1 / 2.0), (1, 1.0)], SuccessiveHalving.Rounds(8, 2, 1.0 / 27));
        Assert.Equal([(1, 1.0)], SuccessiveHalving.Rounds(1, 3, 1.0 / 27));
        Assert.Equal(3, SuccessiveHalving.Of(9).Budgets.Sum(), 1e-12);                                                 // 9/9 + 3/3 + 1
    }

    [Fact]
    public void TheBestOfEachRoundGoOn()
    {
        var trials = Run(Mixed, SuccessiveHalving.Of(9), 1, Bowl);
        Assert.Equal([.. Enumerable.Repeat(1 / 9.0, 9), .. Enumerable.Repeat(1 / 3.0, 3), 1], trials.Select(trial => trial.Budget));
        var first = trials.Take(9).OrderByDescending(trial => trial.Figure).ToArray();
        Assert.Equal(first.Take(3).Select(trial => trial.Values), trials.Skip(9).Take(3).Select(trial => trial.Values));
        Assert.Equal(first[0].Values, trials[^1].Values);
        Assert.Equal(13, Tuner.Best(trials)!.Number);
    }

    [Fact]
    public void ASpaceSmallerThanTheFirstRoundIsDrawnAgain()
    {
        var trials = Run(new(Dimension.Choice("c", "a", "b")), SuccessiveHalving.Of(9), 1, values => values[0]);
        Assert.Equal(13, trials.Count);
        Assert.Equal(1, trials[^1].Values[0]);
    }
}
