using System.Diagnostics;
using Bulwark.Attacks;
using Bulwark.Data.Readers;
using Bulwark.Defenses;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Gate;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// The gate on digits of MNIST (784-128-10, PGD-20, ε .1 in the box, the first <c>--judge n</c> test digits): adversarial training, the net without it, and the
/// same net behind three defenses that are broken on purpose. Each is held against the undefended net. Of every check that applies, 1 is pass and 0 is fail.
/// <c>--epochs n</c>, <c>--noise n</c>.
/// </summary>
internal static class GateReproduction
{
    private const ulong Seed = 1;
    private const int Batch = 100, Steps = 20;
    private const float Epsilon = 0.1f, MostLost = 0.2f;

    public static int Run(string[] args)
    {
        var (options, start) = (new Arguments(args), Stopwatch.GetTimestamp());
        var folder = DataFolder.Find(options, "mnist");
        var (train, test) = (IdxReader.Read(folder, "train-"), IdxReader.Read(folder, "t10k-"));
        var (net, judge, draw) = (new MlpClassifier([784, 128, 10]), test.Part(0, Math.Min(test.Count, options.Int("judge", 1000))), new Rng(Seed).Fork("defense"));
        var loss = ClassifierObjectives.CrossEntropy(net);
        var plain = Trained(loss);
        var hardened = Trained(new WorstCaseTraining(GradientAscent.Pgd(5), ClassifierStudy.Within(net, Epsilon)).Harden(loss));
        var asked = new GateOptions(steps => GradientAscent.Pgd(steps), Steps, Epsilon, MostLost) { NoiseTries = options.Int("noise", 10_000), Seed = Seed };
        (string Name, IClassifier Model, Point At)[] models =
        [
            ("adversarial training", net, hardened),
            ("no defense", net, plain),
            ("inputs rounded to 8 levels", new Wrapped(net, x => ((x * 7).StraightThroughRound() * (1f / 7)).Fixed(), z => z), plain),
            ("logits × 100,000", new Wrapped(net, x => x, z => z * 1e5f), plain),
            ("noise of .3 on inputs", new Wrapped(net, x => x + Tensor.Gaussian(x.Shape, 0.3f, draw), z => z), plain),
        ];
        foreach (var (name, model, at) in models)
        {
            var report = RobustnessGate.Run(Victim(model, at) with { Twin = Victim(net, plain) }, asked, check => Console.Error.WriteLine($"{name}: {check}"));
            Print("accuracy", report.Clean);
            Print("accuracy, claimed", report.Claimed.Points.Single(point => point.Epsilon == Epsilon).Figure);
            Print("accuracy, strongest tried", report.Attacked);
            Print("the gate", report.Passed ? 1 : 0);
            foreach (var check in report.Findings.Where(check => check.Verdict != GateVerdict.NotApplicable))
            {
                Print(check.Check, check.Verdict == GateVerdict.Pass ? 1 : 0);
                Console.Error.WriteLine($"{name}: {check.Verdict}: {check.Check}: {check.Figure}");
            }

            void Print(string metric, double value) =>
                new Figure("gate", name, $"784-128-10, PGD-{Steps} ε {Epsilon}", Seed, "test", metric, value, null, Figure.Since(start)).Print();
        }
        return 0;

        GateVictim Victim(IClassifier model, Point at) => GateVictim.Of(model, at, judge, epsilon => ClassifierStudy.Within(net, epsilon));

        Point Trained(Objective<InputBatch> objective)
        {
            var (rng, epochs) = (new Rng(Seed), options.Int("epochs", 10));
            var source = new InputSource(train, Batch, rng.Fork("batches"));
            var training = new TrainingOptions { Rule = new Adam(0.001f), Schedule = Schedules.Cosine(epochs * source.StepsPerEpoch), Ahead = Team.Threads > 1 };
            return new Trainer<InputBatch>(source, [new("all", epochs, ClassifierObjectives.OnInputs(net, objective))], training)
                .Run(net.Start(rng.Fork("start")), rng).At;
        }
    }

    /// <summary>The net behind something that happens to its inputs, and before something that happens to its logits.</summary>
    private sealed class Wrapped(IClassifier net, Func<Tensor, Tensor> inputs, Func<Tensor, Tensor> logits) : IClassifier
    {
        public Variable Inputs => net.Inputs;

        public Point Start(Rng rng) => net.Start(rng);

        public Tensor Logits(Point at, Rng? rng = null) => logits(net.Logits(at.With(Inputs, inputs(at[Inputs])), rng));
    }
}
