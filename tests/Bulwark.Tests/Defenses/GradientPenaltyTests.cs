using Bulwark.Defenses;
using Bulwark.Tensors;
using Bulwark.Tests.Attacks;
using Bulwark.Training;

namespace Bulwark.Tests.Defenses;

public sealed class GradientPenaltyTests
{
    private const float Weight = 0.8f;

    /// <summary>A linear loss w · x has the gradient w at every row: L + λ n ‖w‖.</summary>
    [Fact]
    public void OfALinearLossItIsTheNormOfItsWeights()
    {
        Objective<int> linear = (_, _) => AttackWorld.Linear(3, 4);
        var at = new Point((AttackWorld.X, Tensor.Of((1, 2), 1, 1)));
        Assert.Equal(-7 + Weight * 5, new GradientPenalty(Weight, AttackWorld.X).Harden(linear)(0, null)(at).Item(), 1e-5f);
    }

    /// <summary>The value by first differences of the loss at each input, the gradient by differences of that value: second derivatives.</summary>
    [Fact]
    public void ValueAndGradientAreThoseOfFiniteDifferences()
    {
        var model = new DefenseWorld.Smooth();
        var (batch, at) = DefenseWorld.Small(model);
        var plain = ClassifierObjectives.CrossEntropy(model)(batch, null);
        var hardened = new GradientPenalty(Weight, model.Inputs).Harden(ClassifierObjectives.CrossEntropy(model))(batch, null);
        var penalty = 0.0;
        for (var row = 0; row < 6; row++)
        {
            var square = 0.0;
            for (var column = 0; column < 3; column++) square += Math.Pow((Moved(row, column, 1e-2f) - Moved(row, column, -1e-2f)) / 2e-2, 2);
            penalty += Math.Sqrt(square);
        }
        var (value, gradient) = Grad.Of(hardened, at, at.Variables.ToArray().Where(v => v != model.Inputs).ToArray());
        Assert.Equal(plain(at).Sum().Item() + Weight * penalty, value.Item(), 5e-3);
        DefenseWorld.AssertSlopes(hardened, at, gradient, 1e-2, 2e-2f);

        double Moved(int row, int column, float by)
        {
            var values = at[model.Inputs].Values.ToArray();
            values[row * 3 + column] += by;
            return plain(at.With(model.Inputs, Tensor.Of((6, 3), values))).Sum().Item();
        }
    }

    [Fact]
    public void AWeightOfZeroIsThePlainLoss()
    {
        var (batch, at) = DefenseWorld.Small();
        var plain = ClassifierObjectives.CrossEntropy(DefenseWorld.Model);
        var hardened = new GradientPenalty(0, DefenseWorld.Model.Inputs).Harden(plain);
        DefenseWorld.AssertSameGradient(Grad.Of(plain(batch, null), at).Move, Grad.Of(hardened(batch, null), at).Move, 1e-6f);
    }

    /// <summary>On the tables of a ranker: by second differences too, though the gradient is row-sparse.</summary>
    [Fact]
    public void ItReachesTables()
    {
        var (model, at, batch) = AttackWorld.Bpr();
        var hardened = new GradientPenalty(Weight, model.Tables).Harden(Objectives.Bpr(model))(batch, null);
        DefenseWorld.AssertSlopes(hardened, at, Grad.Of(hardened, at).Move, 1e-2, 2e-2f);
    }

    [Fact]
    public void ItWithstandsMoreThanPlainTraining()
    {
        var model = DefenseWorld.BarsModel;
        var objective = new GradientPenalty(1, model.Inputs).Harden(ClassifierObjectives.CrossEntropy(model));
        var hardened = DefenseWorld.Measured(DefenseWorld.Trained(objective, 12));
        Assert.True(hardened.Attacked > DefenseWorld.Plain.Attacked + 0.1, $"{DefenseWorld.Plain} before, {hardened} after");
    }
}
