using Bulwark.Attacks.Histories;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.Histories;

public sealed class HistorySlopeTests
{
    public static TheoryData<string> Formulas => [.. HistoryWorld.Formulas.Select(formula => formula.Name)];

    /// <summary>
    /// Finite differences. A spare item that stands at one place only, and whose own score is not asked for, is moved in the table: what the difference of two
    /// other scores does then is the slope at that place. Two histories at once do not disturb each other.
    /// </summary>
    [Theory, MemberData(nameof(Formulas))]
    public void SlopesAreThoseOfTheRowAtThePlace(string name)
    {
        const float Step = 1e-2f;
        var (_, model, at) = HistoryWorld.Formulas.Single(formula => formula.Name == name);
        var inputs = model is SequenceModel sequence ? sequence.Encoder.Inputs : ((BagModel)model).Encoder.Inputs!;
        int[][] histories = [[3, 7, 1, 5], [2, 8, 6]];
        var slope = HistoryVictim.Of(model, at).Slope!.Of(histories, [(0, 9), (4, 10)], [(0, 2), (1, 0), (0, 3)]);
        foreach (var (row, (history, place, a, b)) in new[] { (0, 2, 0, 9), (1, 0, 4, 10), (0, 3, 0, 9) }.Index())
            for (var c = 0; c < 3; c++)
            {
                var numeric = (Difference(Step) - Difference(-Step)) / (2 * Step);
                Assert.Equal(numeric, slope.Values[row * slope.Shape[1] + c], 0.02f * MathF.Max(1, MathF.Abs(numeric)));

                float Difference(float by)
                {
                    var table = at[inputs].Values.ToArray();
                    table[histories[history][place] * slope.Shape[1] + c] += by;
                    var scores = model.ScoreHistories(at.With(inputs, Tensor.Of(at[inputs].Shape, table)), [histories[history]]).Values;
                    return scores[a] - scores[b];
                }
            }
    }
}
