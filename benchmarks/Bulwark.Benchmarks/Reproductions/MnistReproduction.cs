using System.Diagnostics;
using Bulwark.Attacks;
using Bulwark.Data.Readers;
using Bulwark.Defenses;
using Bulwark.Evaluation;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Digits of MNIST: a net of 784-128-10 and a small convolutional one, clean and under PGD-10 with ε .1 in the box (0, 1); with
/// <c>--harden</c>, each also trained on such moves beside the clean inputs. <c>--validate</c> trains on the first 50,000 training images and measures
/// on the other 10,000, for choosing settings. <c>--model name</c> takes one of mlp and convolutional, <c>--epochs n</c> other epochs.
/// </summary>
internal static class MnistReproduction
{
    private const ulong Seed = 1;
    private const int Validation = 10_000, Batch = 100, AttackSteps = 10;
    private const float Epsilon = 0.1f;

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var folder = DataFolder.Find(options, "mnist");
        var all = IdxReader.Read(folder, "train-");
        var learn = all.Count - Validation;
        var (part, train, judge) = options.Has("validate")
            ? ("validation", all.Part(0, learn), all.Part(learn, Validation)) : ("test", all, IdxReader.Read(folder, "t10k-"));
        var only = options.Text("model");
        bool[] ways = options.Has("harden") ? [false, true] : [false];
        foreach (var hardened in ways)
        {
            if (only is null or "mlp") Measure("mlp", "784-128-10", new MlpClassifier([784, 128, 10], 0.1f), options.Int("epochs", 20), hardened);
            if (only is null or "convolutional")
                Measure("convolutional", "32-64-64, 128", new ConvolutionalClassifier(all.Input, 10, new(Dropout: 0.4f)), options.Int("epochs", 8), hardened);
        }
        return 0;

        void Measure(string name, string shape, IClassifier model, int epochs, bool hardened)
        {
            var (start, rng, threat) = (Stopwatch.GetTimestamp(), new Rng(Seed), new Threat(new LinfBall(Epsilon), model.Inputs) { Box = (0, 1) });
            var (source, objective) = (new InputSource(train, Batch, rng.Fork("batches")), ClassifierObjectives.CrossEntropy(model));
            if (hardened) objective = new AdversarialTraining(GradientAscent.Pgd(AttackSteps), threat).Harden(objective);
            var rule = new Adam(0.001f);
            var training = new TrainingOptions { Rule = rule, Schedule = Schedules.Cosine(epochs * source.StepsPerEpoch), Ahead = Team.Threads > 1 };
            var stage = new Stage<InputBatch>("all", epochs, ClassifierObjectives.OnInputs(model, objective));
            var at = new Trainer<InputBatch>(source, [stage], training).Run(model.Start(rng.Fork("start")), rng).At;
            var words = $"{shape}, {rule}, cosine, batch {Batch}, {epochs} epochs{(hardened ? $", clean and PGD-{AttackSteps} ε {Epsilon}" : "")}";
            Print("accuracy", Accuracy.Of(model, at, judge));
            Print($"accuracy, PGD-{AttackSteps} ε {Epsilon}", Accuracy.Of(model, at, judge, GradientAscent.Pgd(AttackSteps), threat, rng.Fork("attack")));

            void Print(string metric, double value) =>
                new Figure("mnist", hardened ? $"{name}, hardened" : name, words, Seed, part, metric, value, null, Figure.Since(start)).Print();
        }
    }
}
