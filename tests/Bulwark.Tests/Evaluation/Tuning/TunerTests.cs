using Bulwark.Evaluation.Tuning;
using static Bulwark.Tests.Evaluation.Tuning.TuningWorld;

namespace Bulwark.Tests.Evaluation.Tuning;

public class TunerTests
{
    public static TheoryData<string> Names => ["random", "tpe", "halving"];

    private static Search Named(string name) => name switch
    {
        "random" => RandomSearch.Of(24),
        "tpe" => ParzenSearch.Of(24),
        _ => SuccessiveHalving.Of(18),                       // 18 + 6 + 2 = 26 trials
    };

    [Theory, MemberData(nameof(Names))]
    public void EqualSeedsGiveEqualTrials(string name)
    {
        var first = Texts(Run(Mixed, Named(name), 1, Bowl));
        Assert.Equal(name == "halving" ? 26 : 24, first.Length);
        Assert.Equal(first, Texts(Run(Mixed, Named(name), 1, Bowl)));
        Assert.NotEqual(first, Texts(Run(Mixed, Named(name), 2, Bowl)));
    }

    [Theory, MemberData(nameof(Names))]
    public void AStoppedSearchGoesOnToTheSameTrials(string name)
    {
        var whole = Run(Mixed, Named(name), 1, Bowl);
        foreach (var stopped in new[] { 1, 7, 15, 22 })
        {
            using var stop = new CancellationTokenSource();
            IReadOnlyList<Trial> kept = [];
            Assert.Throws<OperationCanceledException>(() => Run(Mixed, Named(name), 1, Bowl, ended: trials =>
            {
                kept = [.. trials];
                if (trials.Count == stopped) stop.Cancel();
            }, cancel: stop.Token));
            Assert.Equal(stopped, kept.Count);
            Assert.Equal(Texts(whole), Texts(Run(Mixed, Named(name), 1, Bowl, kept)));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void ASearchDoesNotNeedTrialsToSucceed(string name)
    {
        var trials = Run(Mixed, Named(name), 1, values => values[0] > 0.01 ? double.NaN : Bowl(values));
        Assert.Contains(trials, trial => trial.State == TrialState.Failed);
        Assert.True(Tuner.Best(trials) is { State: TrialState.Done, Budget: 1 });
        Assert.Null(Tuner.Best(Run(Mixed, Named(name), 1, _ => double.NaN)));
    }

    [Fact]
    public void TheBestHasTheLargestBudgetThenTheHighestFigure()
    {
        Trial At(int number, double budget, double figure) => new(number, [0], budget, figure, 0, 0);
        Assert.Equal(4, Tuner.Best([At(1, 0.5, 9), At(2, 1, double.NaN), At(3, 1, 1), At(4, 1, 2), At(5, 1, 2)])!.Number);
        Assert.Equal(1, Tuner.Best([At(1, 0.5, 9), At(2, 1, double.NaN)])!.Number);
    }
}
