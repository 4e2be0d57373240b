using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Defenses;
using Bulwark.Evaluation.Gate;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tests.Models.Classifiers;
using Bulwark.Training;

namespace Bulwark.Tests.Evaluation.Gate;

/// <summary>The gate on three defenses that are broken on purpose, and on one that is not.</summary>
public sealed class RobustnessGateTests
{
    private const float Epsilon = 0.05f;
    private const string Order = "gradients do at least what losses do, and losses what noise does", Slope = "every example has a gradient";
    private static readonly MlpClassifier Net = new([Bars.Size * Bars.Size, 48, Bars.Classes]);
    private static readonly Lazy<Point> Plain = new(() => Bars.Trained(Net));
    private static readonly Lazy<Point> Hardened = new(() => Bars.Trained(
        Net, new AdversarialTraining(GradientAscent.Pgd(5), Within(Epsilon)).Harden(ClassifierObjectives.CrossEntropy(Net))));

    private static readonly GateOptions Options = new(steps => GradientAscent.Pgd(steps), 20, Epsilon, MostLost: 0.6)
    {
        GradientFree = new Square(400), Decision = new HopSkipJump(Steps: 6, FirstVotes: 30), NoiseTries = 300,
    };

    [Fact]
    public void AdversarialTrainingPasses()
    {
        var report = Run(Net, Hardened.Value);
        Assert.True(report.Passed, Words(report));
        Assert.True(report.Attacked < report.Clean && report.Clean > 0.7, $"{report.Clean}, {report.Attacked}");
        Assert.Equal("every part of the defense is needed", Assert.Single(report.Findings, finding => finding.Verdict == GateVerdict.NotApplicable).Check);
    }

    [Fact]
    public void WhatIsBelievedMayStillBeTooLittle()
    {
        var report = RobustnessGate.Run(Victim(Net, Hardened.Value), Options with { MostLost = 0.01 });
        Assert.False(report.IsRobust || report.Passed);
    }

    /// <summary>Inputs rounded to 16 levels have no slope: gradient attacks find nothing, and everybody else does.</summary>
    [Fact]
    public void QuantizedInputsAreCaught() => Caught(new Wrapped(x => ((x * 15).StraightThroughRound() * (1f / 15)).Fixed(), z => z), Order, Slope);

    /// <summary>Logits times 10⁵: a softmax of them is 0 and 1 exactly, and the cross-entropy of what is right is flat.</summary>
    [Fact]
    public void SaturatedOutputsAreCaught() => Caught(new Wrapped(x => x, z => z * 1e5f), Slope);

    /// <summary>Noise on the inputs, new at every call: the same input gives different outputs.</summary>
    [Fact]
    public void RandomOutputsAreCaught()
    {
        var rng = new Rng(9);
        Caught(new Wrapped(x => x + Tensor.Gaussian(x.Shape, 0.3f, rng), z => z), "the same input gives the same output");
    }

    /// <summary>An attack of steps too small to get anywhere is found out by twice as many, and by one.</summary>
    [Fact]
    public void AWeakAttackIsCaught()
    {
        var report = RobustnessGate.Run(Victim(Net, Plain.Value), Options with { Attack = steps => new GradientAscent(steps, 0.01f) });
        Assert.Equal(GateVerdict.Fail, Of(report, "many steps do at least what one does").Verdict);
        Assert.Equal(GateVerdict.Fail, Of(report, "twice the steps change nothing").Verdict);
    }

    private static void Caught(IClassifier model, params string[] checks)
    {
        var report = Run(model, Plain.Value);
        Assert.False(report.Passed);
        foreach (var check in checks) Assert.True(Of(report, check).Verdict == GateVerdict.Fail, Words(report));
    }

    private static GateReport Run(IClassifier model, Point weights) =>
        RobustnessGate.Run(Victim(model, weights) with { Twin = Victim(Net, Plain.Value) }, Options);

    private static GateVictim Victim(IClassifier model, Point weights) => GateVictim.Of(model, weights, Bars.Test.Part(0, 100), Within);

    private static Threat Within(float epsilon) => new(new LinfBall(epsilon), Net.Inputs) { Box = (0, 1) };

    private static GateFinding Of(GateReport report, string check) => report.Findings.Single(finding => finding.Check == check);

    private static string Words(GateReport report) => string.Join('\n', report.Findings.Select(finding => $"{finding.Verdict}: {finding.Check}: {finding.Figure}"));

    /// <summary>The net behind something that happens to its inputs, and before something that happens to its logits.</summary>
    private sealed class Wrapped(Func<Tensor, Tensor> inputs, Func<Tensor, Tensor> logits) : IClassifier
    {
        public Variable Inputs => Net.Inputs;

        public Point Start(Rng rng) => Net.Start(rng);

        public Tensor Logits(Point at, Rng? rng = null) => logits(Net.Logits(at.With(Inputs, inputs(at[Inputs])), rng));
    }
}
