using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Tests.Models.Classifiers;
using Bulwark.Training;

namespace Bulwark.Tests.Defenses;

/// <summary>A small classifier with one batch, for losses by hand; and <see cref="Bars"/>, where attacks can be measured.</summary>
internal static class DefenseWorld
{
    public static MlpClassifier Model { get; } = new([3, 5, 4]);

    /// <summary>Six inputs of three numbers with a class each, and weights, where the inputs stand too.</summary>
    public static (InputBatch Batch, Point At) Small(IClassifier? model = null)
    {
        var (rng, batch, values) = (new Rng(11), new InputBatch(), new float[18]);
        for (var i = 0; i < values.Length; i++) values[i] = (float)rng.NextGaussian();
        batch.Fill(new LabeledInputs(3, values, new[] { 0, 1, 2, 3, 1, 0 }), [0, 1, 2, 3, 4, 5]);
        return (batch, (model ?? Model).Start(new Rng(2)).With((model ?? Model).Inputs, batch.Inputs));
    }

    public static Threat On(IClassifier model, float epsilon) => new(new L2Ball(epsilon), model.Inputs);

    public static MlpClassifier BarsModel { get; } = new([Bars.Size * Bars.Size, 64, Bars.Classes]);

    public static Threat BarsThreat { get; } = new(new LinfBall(0.1f), BarsModel.Inputs) { Box = (0, 1) };

    private static readonly Lazy<(double, double)> _plain = new(() => Measured(Bars.Trained(BarsModel)));

    /// <summary>Accuracy of the undefended model, clean and under PGD.</summary>
    public static (double Clean, double Attacked) Plain => _plain.Value;

    public static (double Clean, double Attacked) Measured(Point at) => (
        Accuracy.Of(BarsModel, at, Bars.Test), Accuracy.Of(BarsModel, at, Bars.Test, GradientAscent.Pgd(10), BarsThreat, new Rng(1)));

    /// <summary>Bars trained with an objective and options.</summary>
    public static Point Trained(Objective<InputBatch> objective, int epochs, TrainingOptions? options = null)
    {
        var trainer = new Trainer<InputBatch>(
            new InputSource(Bars.Train, 50, new Rng(3)), [new("all", epochs, ClassifierObjectives.OnInputs(BarsModel, objective))],
            (options ?? new()) with { Rule = new Adam(0.005f), Ahead = false });
        return trainer.Run(BarsModel.Start(new Rng(4)), new Rng(5)).At;
    }

    public static void AssertSameGradient(Move expected, Move actual, float within = 0)
    {
        Assert.Equal(expected.Variables.ToArray().Select(v => v.Name).Order(), actual.Variables.ToArray().Select(v => v.Name).Order());
        foreach (var variable in expected.Variables)
        {
            var (a, b) = (expected[variable].Values.ToArray(), actual[variable].Values.ToArray());
            for (var i = 0; i < a.Length; i++) Assert.Equal(a[i], b[i], within);
        }
    }

    /// <summary>The gradient of a loss by central differences along random directions agrees with the given one.</summary>
    public static void AssertSlopes(Loss loss, Point at, Move gradient, double within = 5e-3, float step = 1e-2f)
    {
        var rng = new Rng(77);
        for (var trial = 0; trial < 4; trial++)
        {
            var direction = new Move([.. gradient.Variables.ToArray().Select(v => (v, Tensor.Gaussian(at[v].Shape, 0.3f, rng)))]);
            var expected = (8 * (Along(step) - Along(-step)) - (Along(2 * step) - Along(-2 * step))) / (12 * step);
            var inner = gradient.Variables.ToArray().Sum(v => (gradient[v] * direction[v]).Sum().Item());
            Assert.Equal(expected, inner, within * Math.Max(1, Math.Abs(inner)));

            double Along(float t) => loss(at + direction * t).Item();
        }
    }

    /// <summary>tanh(x W) V: smooth, where a kink of relu would spoil the differences.</summary>
    public sealed class Smooth : IClassifier
    {
        private readonly Variable _in = new("in"), _out = new("out");

        public Variable Inputs { get; } = new("inputs");

        public Point Start(Rng rng) => new((_in, Tensor.Gaussian((3, 5), 0.7f, rng.Fork("in"))), (_out, Tensor.Gaussian((5, 4), 0.7f, rng.Fork("out"))));

        public Tensor Logits(Point at, Rng? rng = null) => at[Inputs].MatMul(at[_in]).Tanh().MatMul(at[_out]);
    }
}
