using System.Globalization;
using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Tensors;

namespace Bulwark.Evaluation.Gate;

/// <summary>The checks: what holds for every honest figure of robustness, and fails where attacks were weak or gradients were masked.</summary>
internal static class GateChecks
{
    private const double Points = 0.002, Converged = 0.02, NearChance = 0.05, SameOutput = 1e-4;
    private const float Huge = 64;
    private const int Draws = 10;

    public static IReadOnlyList<(string Name, Func<GateTrial, (GateVerdict Verdict, string Figure)> Check)> All { get; } =
    [
        ("many steps do at least what one does", ManyStepsAtLeastOne),
        ("twice the steps change nothing", DoublingChangesNothing),
        ("a larger radius never does less", LargerNeverLess),
        ("a huge radius reaches chance", HugeReachesChance),
        ("gradients do at least what losses do, and losses what noise does", WhiteBlackNoise),
        ("a transferred attack does no more", TransferDoesNoMore),
        ("an attack by decisions does no more", DecisionsDoNoMore),
        ("many tries of noise do no more", NoiseDoesNoMore),
        ("a targeted attack does no more", TargetedDoesNoMore),
        ("the attack breaks the model without its defense", TwinBreaks),
        ("the same input gives the same output", OutputsAreFixed),
        ("every example has a gradient", GradientsExist),
        ("every part of the defense is needed", PartsAreNeeded),
    ];

    private static (GateVerdict, string) ManyStepsAtLeastOne(GateTrial trial)
    {
        var (one, many) = (trial.Under(GradientAscent.Fgsm, Epsilon(trial)).Average(), Claimed(trial).Average());
        return Verdict(trial.Share(many - one) <= Tolerance(trial), $"one step leaves {F(one)}, {trial.Options.Steps} leave {F(many)}");
    }

    private static (GateVerdict, string) DoublingChangesNothing(GateTrial trial)
    {
        var (many, twice) = (Claimed(trial).Average(), trial.Under(trial.Options.Attack(2 * trial.Options.Steps), Epsilon(trial)).Average());
        return Verdict(Math.Abs(trial.Share(many - twice)) <= Converged, $"{trial.Options.Steps} steps leave {F(many)}, {2 * trial.Options.Steps} leave {F(twice)}");
    }

    private static (GateVerdict, string) LargerNeverLess(GateTrial trial)
    {
        var means = new[] { 0.5f, 1, 2 }.Select(factor => trial.Under(trial.Options.Attack(trial.Options.Steps), factor * Epsilon(trial)).Average()).ToArray();
        var rise = Math.Max(means[1] - means[0], means[2] - means[1]);
        return Verdict(trial.Share(rise) <= Tolerance(trial), $"half, once and twice ε leave {string.Join(", ", means.Select(F))}");
    }

    private static (GateVerdict, string) HugeReachesChance(GateTrial trial)
    {
        var left = trial.Under(trial.Options.Attack(trial.Options.Steps), Huge * Epsilon(trial)).Average();
        return Verdict(left <= trial.Victim.Chance + NearChance * trial.Clean.Average(), $"{Huge} ε leave {F(left)}, guessing {F(trial.Victim.Chance)}");
    }

    private static (GateVerdict, string) WhiteBlackNoise(GateTrial trial)
    {
        var black = trial.Under(trial.Options.GradientFree, Epsilon(trial), trial.Score);
        var noise = trial.Under(new Noise(), Epsilon(trial));
        var draws = trial.NoiseSpread;                       // a search by losses may come out as noise does, not weaker
        var (overWhite, overBlack) = (Beyond(trial, black), trial.Share(black.Average() - draws.Mean));
        var chance = Math.Max(Tolerance(trial), draws.Count > 1 ? 2 * trial.Share(draws.Deviation) : 0);
        return Verdict(
            overWhite <= Tolerance(trial) && Beyond(trial, noise) <= Tolerance(trial) && overBlack <= chance,
            $"gradients leave {F(trial.White.Average())}, losses {F(black.Average())}, noise {F(draws.Mean)}{(draws.Count > 1 ? $" ± {F(draws.Deviation)}" : "")}; " +
                $"losses alone break {P(overWhite)} more");
    }

    private static (GateVerdict, string) TransferDoesNoMore(GateTrial trial)
    {
        if (trial.Victim.Twin is not { } twin) return NotApplicable("there is no other model to craft the attack on");
        var (attack, threat) = (trial.Options.Attack(trial.Options.Steps), twin.Threat(Epsilon(trial)));
        if (!trial.Apart)
            return TableTransfer.Of(attack, trial.Victim, twin, Epsilon(trial)) is { } tables ? NoMore(trial, trial.Under(tables, Epsilon(trial)))
                : NotApplicable("the other model has other tables");
        return threat.Variables is [var inputs] ? NoMore(trial, trial.Under(new Transfer(attack, twin.Loss, twin.At, inputs), Epsilon(trial)))
            : NotApplicable("inputs are carried over in one variable");
    }

    private static (GateVerdict, string) DecisionsDoNoMore(GateTrial trial)
    {
        if (trial.Victim.Margin is not { } margin || !trial.Apart) return NotApplicable("nothing is decided for an example alone");
        return trial.Victim.Threat(Epsilon(trial)).Box is null
            ? NotApplicable("wrong inputs to start from would be drawn in a box, and there is none")
            : NoMore(trial, trial.Under(trial.Options.Decision, Epsilon(trial), margin));
    }

    private static (GateVerdict, string) NoiseDoesNoMore(GateTrial trial) =>
        NoMore(trial, trial.Under(new Noise(trial.Options.NoiseTries), Epsilon(trial), trial.Score));

    private static (GateVerdict, string) TargetedDoesNoMore(GateTrial trial) => trial.Victim.Toward is { } toward
        ? NoMore(trial, trial.Under(trial.Options.Attack(trial.Options.Steps), Epsilon(trial), toward)) : NotApplicable("there are no answers to choose from");

    private static (GateVerdict, string) TwinBreaks(GateTrial trial)
    {
        if (trial.Twin is not { } undefended) return NotApplicable("no undefended model was given");
        var lost = undefended.Share(undefended.Clean.Average() - Claimed(undefended).Average());
        return Verdict(lost > trial.Options.MostLost, $"it loses {P(lost)} of its clean figure");
    }

    private static (GateVerdict, string) OutputsAreFixed(GateTrial trial)
    {
        float[] first = trial.Value.Values.ToArray(), again = trial.Value.Values.ToArray();
        var change = first.Zip(again, (a, b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(a))).Max();
        if (change <= SameOutput) return (GateVerdict.Pass, $"two losses differ by {change:G2}");
        var expected = trial.Under(trial.Options.Attack(trial.Options.Steps), Epsilon(trial), Expectation(trial.Victim.Loss)).Average();
        return (GateVerdict.Fail, $"two losses differ by {change:G2}; an attack on the mean of {Draws} leaves {F(expected)}, on single ones {F(Claimed(trial).Average())}");
    }

    private static (GateVerdict, string) GradientsExist(GateTrial trial)
    {
        using var scope = Scope.Open();
        var gradient = Grad.Of(trial.Victim.Loss, trial.Victim.At, trial.Victim.Threat(Epsilon(trial)).Variables).Move;
        var flat = trial.Apart ? Flat(gradient, trial) : gradient.IsZero ? 1 : 0;
        return Verdict(flat <= Tolerance(trial), $"{P(flat)} of the right ones have none");
    }

    private static (GateVerdict, string) PartsAreNeeded(GateTrial trial)
    {
        if (trial.Victim.Parts.Count == 0) return NotApplicable("no model without a part of the defense was given");
        var left = trial.Victim.Parts.Select(part => (part.Part, Mean: new GateTrial(part.Without, trial.Options).White.Average())).ToArray();
        return Verdict(left.All(part => part.Mean < trial.White.Average()), string.Join(", ", left.Select(part => $"without {part.Part} {F(part.Mean)}")));
    }

    /// <summary>The share of the examples that are right for which nothing that moves has a slope.</summary>
    private static double Flat(Move gradient, GateTrial trial)
    {
        var sizes = new float[trial.Clean.Length];
        foreach (var variable in gradient.Variables)
        {
            var rows = new LinfBall(0).Sizes(gradient[variable], Per.Row).Values;
            for (var b = 0; b < sizes.Length; b++) sizes[b] += rows[b];
        }
        return sizes.Where((size, b) => size == 0 && trial.Clean[b] > 0).Count() / (double)sizes.Length;
    }

    /// <summary>The mean of several draws of a loss that is not fixed (expectation over transformation: Athalye et al. 2018).</summary>
    private static Loss Expectation(Loss loss) => at =>
    {
        var sum = loss(at);
        for (var draw = 1; draw < Draws; draw++) sum += loss(at);
        return sum * (1f / Draws);
    };

    private static (GateVerdict, string) NoMore(GateTrial trial, double[] outcome)
    {
        var beyond = Beyond(trial, outcome);
        return Verdict(beyond <= Tolerance(trial), $"it leaves {F(outcome.Average())} where gradients leave {F(trial.White.Average())}, and breaks {P(beyond)} more");
    }

    private static double Beyond(GateTrial trial, double[] outcome) => trial.Beyond(outcome, trial.White);

    private static float Epsilon(GateTrial trial) => trial.Options.Epsilon;

    private static double[] Claimed(GateTrial trial) => trial.Under(trial.Options.Attack(trial.Options.Steps), Epsilon(trial));

    /// <summary>.2 points; of few examples, one.</summary>
    private static double Tolerance(GateTrial trial) => Math.Max(Points, 1.0 / trial.Clean.Length);

    private static (GateVerdict, string) Verdict(bool holds, string figure) => (holds ? GateVerdict.Pass : GateVerdict.Fail, figure);

    private static (GateVerdict, string) NotApplicable(string why) => (GateVerdict.NotApplicable, why);

    private static string F(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string P(double share) => share.ToString("0.0%", CultureInfo.InvariantCulture);
}
