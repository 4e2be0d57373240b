using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Generative;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Generative;

/// <summary>Two classes on the line, x ~ N(±1, .5²), and a linear model.</summary>
public sealed class GenerativeTrainingTests
{
    private static readonly MlpClassifier Model = new([1, 2]);
    private static readonly MoveGenerator Moves = new(1, [16]);
    private static readonly Threat Threat = new(new LinfBall(0.4f), Model.Inputs);
    private static readonly LabeledInputs Inputs = Draw();

    /// <summary>The model's gradient is that of L(x) + λ L(x + G(x)), the generator's that of −L(x + G(x)).</summary>
    [Fact]
    public void EachPlayerHasItsOwnGradient()
    {
        const float weight = 3;
        var (batch, plain) = (new InputBatch(), ClassifierObjectives.CrossEntropy(Model));
        batch.Fill(Inputs, [0, 1, 2, 3]);
        var (model, generator) = (Model.Start(new Rng(1)), Moves.Start(new Rng(2)));
        var at = model.With(generator).With(Model.Inputs, batch.Inputs);
        var gradient = Grad.Of(new GenerativeTraining(Moves, Threat, weight).Harden(plain)(batch, null), at).Move;
        Tensor Moved(Point here) => plain(batch, null)(here + Moves.Of(here, here, Threat)).Sum();
        var modelOwn = Grad.Of(here => plain(batch, null)(here).Sum() + Moved(here) * weight, at).Move;
        var generatorOwn = Grad.Of(here => -Moved(here), at).Move;
        foreach (var variable in model.Variables) Same(modelOwn[variable], gradient[variable]);
        foreach (var variable in generator.Variables) Same(generatorOwn[variable], gradient[variable]);

        static void Same(Tensor expected, Tensor actual)
        {
            foreach (var (a, b) in expected.Values.ToArray().Zip(actual.Values.ToArray())) Assert.Equal(a, b, 1e-4f);
        }
    }

    /// <summary>
    /// A model whose border starts at .8 is driven back toward 0, as by any adversarial training; the generator is learned beside it from the
    /// point where the ways part, and left behind.
    /// </summary>
    [Fact]
    public void ItHardensAsADefense()
    {
        var plain = ClassifierObjectives.CrossEntropy(Model);
        var options = new HardeningOptions { Epochs = 0, HardenEpochs = 10, Training = new() { Rule = new Adam(0.01f), Ahead = false } };
        var start = new Point([.. Model.Start(new Rng(1)).Variables.ToArray().Select(variable => (variable, variable.Name.EndsWith("bias", StringComparison.Ordinal)
            ? Tensor.Of(2, 1.6f, -1.6f) : Tensor.Of((1, 2), -2, 2)))]);
        var generator = Moves.Start(new Rng(3));
        Stage<InputBatch> stage = new("generative", 10, ClassifierObjectives.OnInputs(Model, new GenerativeTraining(Moves, Threat).Harden(plain)));
        var trained = Hardening.Run(
            _ => start, new InputSource(Inputs, 50, new Rng(2)), ClassifierObjectives.OnInputs(Model, plain),
            _ => new HardenedWay<InputBatch>(stage) { Beside = generator },
            options, 1, null, null, default);
        double Robust(Point at) => Accuracy.Of(Model, at, Inputs, GradientAscent.Pgd(10), Threat, new Rng(5));
        Assert.True(Robust(trained[2].At) > Robust(start) + 0.1, $"{Robust(trained[2].At)}, before {Robust(start)}");
        Assert.Equal(start.Variables.Length, trained[2].At.Variables.Length);
    }

    [Fact]
    public void AWeightOfNothingIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new GenerativeTraining(Moves, Threat, 0));

    private static LabeledInputs Draw()
    {
        var (noise, labels) = (Tensor.Gaussian(400, 0.5f, new Rng(7)).Values.ToArray(), Enumerable.Range(0, 400).Select(i => i % 2).ToArray());
        return new(1, noise.Select((x, i) => x + 2 * labels[i] - 1).ToArray(), labels);
    }
}
