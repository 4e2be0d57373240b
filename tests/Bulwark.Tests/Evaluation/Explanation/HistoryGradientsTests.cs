using Bulwark.Attacks.Histories;
using Bulwark.Evaluation.Explanation;
using Bulwark.Models;
using Bulwark.Tensors;
using Bulwark.Tests.Attacks.Histories;

namespace Bulwark.Tests.Evaluation.Explanation;

public sealed class HistoryGradientsTests
{
    private static readonly int[] _history = [3, 7, 1, 5];

    public static TheoryData<string> Bags => [.. HistoryWorld.Formulas.Where(formula => formula.Model is BagModel).Select(formula => formula.Name)];

    public static TheoryData<string> Formulas => [.. HistoryWorld.Formulas.Select(formula => formula.Name)];

    /// <summary>They sum to what the history does: the difference of two scores, less the same with rows of zeros for the items.</summary>
    [Theory, MemberData(nameof(Bags))]
    public void TheyAreComplete(string name)
    {
        var (_, formula, at) = HistoryWorld.Formulas.Single(formula => formula.Name == name);
        var inputs = ((BagModel)formula).Encoder.Inputs!;
        var sum = HistoryGradients.Of(HistoryVictim.Of(formula, at), _history, 2, 9, steps: 50).Sum(reason => reason.Effect);
        Assert.Equal(Difference(at) - Difference(at.With(inputs, Tensor.Zeros(at[inputs].Shape))), sum, 1e-3);

        double Difference(Point point)
        {
            var scores = formula.ScoreHistories(point, [_history]).Values;
            return scores[2] - scores[9];
        }
    }

    /// <summary>The reasons for a rather than b are those for b rather than a, turned around; for a rather than itself there are none.</summary>
    [Theory, MemberData(nameof(Formulas))]
    public void TheyTurnAroundWithTheQuestion(string name)
    {
        var (_, formula, at) = HistoryWorld.Formulas.Single(formula => formula.Name == name);
        var victim = HistoryVictim.Of(formula, at);
        var (there, back) = (HistoryGradients.Of(victim, _history, 2, 9), HistoryGradients.Of(victim, _history, 9, 2));
        Assert.Equal(_history.Order(), there.Select(reason => reason.Item).Order());
        foreach (var reason in there) Assert.Equal(-reason.Effect, back.Single(other => other.Item == reason.Item).Effect, 1e-5);
        Assert.Contains(there, reason => Math.Abs(reason.Effect) > 1e-4);
        Assert.All(HistoryGradients.Of(victim, _history, 2, 2), reason => Assert.Equal(0, reason.Effect, 1e-6));
    }

    [Fact]
    public void NothingTouchedGivesNoReasons()
    {
        var (_, formula, at) = HistoryWorld.Formulas[0];
        Assert.Empty(HistoryGradients.Of(HistoryVictim.Of(formula, at), [], 2, 9));
    }
}
