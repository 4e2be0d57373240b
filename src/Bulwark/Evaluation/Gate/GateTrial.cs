using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Evaluation.Gate;

/// <summary>A victim under attacks; what was tried is remembered.</summary>
internal sealed class GateTrial(GateVictim victim, GateOptions options)
{
    private const int Draws = 8;                             // of noise, where means are compared
    private const int Thorough = 100;                        // steps of the strongest search
    private readonly Dictionary<(IAttack Attack, float Epsilon, Loss Loss), double[]> _tried = [];
    private double[]? _clean, _white;

    public GateVictim Victim => victim;

    /// <summary>The model without its defense under the same attacks; null where there is none.</summary>
    public GateTrial? Twin { get; } = victim.Twin is { } twin ? new(twin, options) : null;

    public GateOptions Options => options;

    /// <summary>The figures without an attack.</summary>
    public double[] Clean => _clean ??= victim.Figures(victim.At);

    /// <summary>Whether each example is attacked for itself.</summary>
    public bool Apart => new Examples(Value, victim.At, victim.Threat(options.Epsilon)).Apart;

    /// <summary>The loss without an attack.</summary>
    public Tensor Value => victim.Loss(victim.At);

    /// <summary>What searches by score go for: the margin where there is one.</summary>
    public Loss Score => victim.Margin ?? victim.Loss;

    /// <summary>
    /// What an attacker with gradients leaves: the attack of the claim, one step, and APGD on each loss there is; of each example the worst, where examples are
    /// apart, else the worst mean.
    /// </summary>
    public double[] White => _white ??= Worst(
        [
            Under(options.Attack(options.Steps), options.Epsilon), Under(GradientAscent.Fgsm, options.Epsilon),
            .. victim.Other is { } other ? [Under(options.Attack(options.Steps), options.Epsilon, other)] : (double[][])[],
            .. new[] { victim.Loss, victim.Margin, victim.Other }.OfType<Loss>().Select(loss => Under(new Apgd(Thorough), options.Epsilon, loss)),
        ]);

    /// <summary>What single draws of noise leave on average, with the deviation of their means where examples share what moves.</summary>
    public Spread NoiseSpread => Spread.Of([.. Enumerable.Range(0, Apart ? 1 : Draws).Select(draw => Under(new NoiseDraw(draw), options.Epsilon).Average())]);

    /// <summary>The figures under an attack. What an attack corrects is no robustness.</summary>
    public double[] Under(IAttack attack, float epsilon, Loss? loss = null)
    {
        var key = (attack, epsilon, loss ?? victim.Loss);
        if (_tried.TryGetValue(key, out var known)) return known;
        using var scope = Scope.Open();
        var threat = victim.Threat(epsilon);
        var rng = new Rng(options.Seed).Fork("gate");
        var figures = victim.Figures(victim.At + threat.Admit(victim.At, attack.Find(key.Item3, victim.At, threat, rng), attack.GetType().Name));
        return _tried[key] = Apart ? [.. figures.Zip(Clean, Math.Min)] : figures;
    }

    /// <summary>The worst of several outcomes.</summary>
    public double[] Worst(params double[][] outcomes) =>
        Apart ? [.. outcomes[0].Select((_, i) => outcomes.Min(outcome => outcome[i]))] : outcomes.MinBy(outcome => outcome.Average())!;

    /// <summary>
    /// By how much an outcome is worse than another: the share of examples that are worse for themselves, where they are apart; else how much lower the mean
    /// is, as a share of the clean one, 0 where it is not.
    /// </summary>
    public double Beyond(double[] outcome, double[] other) => Apart
        ? outcome.Zip(other).Count(pair => pair.First < pair.Second) / (double)outcome.Length
        : Math.Max(0, Share(other.Average() - outcome.Average()));

    /// <summary>A difference as a share of the clean mean.</summary>
    public double Share(double difference) => Clean.Average() is > 0 and var clean ? difference / clean : 0;
}
