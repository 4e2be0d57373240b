using Bulwark.Attacks;
using Bulwark.Benchmarks.Reproductions;
using Bulwark.Data;
using Bulwark.Data.Readers;
using Bulwark.Defenses;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks;

/// <summary>
/// Adversarial training steps on MNIST with PGD-10 beside the clean inputs: the net of 784-128-10, ε .1 in steps of .01, batches of 64; and convolutions of
/// 4 × 4 by 2 to 16 and 32 channels before 100 hidden units, ε .3 in steps of .075, batches of 128. <c>--only mlp</c> or <c>convolutional</c>.
/// </summary>
internal static class ClassifierBenchmark
{
    private static readonly Window _halving = new(4, 4, 2, 1);

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var train = IdxReader.Read(DataFolder.Find(options, "mnist"), "train-");
        if (options.Text("only") is null or "mlp") Time("mlp", train, new MlpClassifier([784, 128, 10]), 64, 0.1f, 0.1f, options.Int("steps", 200));
        if (options.Text("only") is null or "convolutional")
        {
            var model = new ConvolutionalClassifier(train.Input, 10, new(100, 0, (16, _halving), (32, _halving)));
            Time("convolutional", train, model, 128, 0.3f, 0.25f, options.Int("steps", 40));
        }
        return 0;
    }

    private static void Time(string name, LabeledInputs train, IClassifier model, int batch, float epsilon, float stepSize, int steps)
    {
        var (rng, threat) = (new Rng(1), new Threat(new LinfBall(epsilon), model.Inputs) { Box = (0, 1) });
        var defense = new AdversarialTraining(new GradientAscent(10, stepSize, RandomStart: true), threat);
        var objective = ClassifierObjectives.OnInputs(model, defense.Harden(ClassifierObjectives.CrossEntropy(model)));
        StepTimes.Of(new InputSource(train, batch, rng), objective, model.Start(rng), new Adam(0.001f), steps, rng).Print($"mnist {name} pgd-10");
    }
}
