using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>
/// δ ← Project(δ + η · Steepest(m)), m ← μ m + ∇L/‖∇L‖₁: FGSM, FGM, BIM, PGD and MI-FGSM are its settings. The best iterate of all restarts
/// is kept: of each example, where the loss has a value for each and each has a row of its own in what moves; else of the batch.
/// </summary>
/// <param name="Steps">How many gradients.</param>
/// <param name="StepSize">η as a share of ε.</param>
/// <param name="RandomStart">Whether a run begins at a random point of the ball (on the rows that the loss reads).</param>
/// <param name="Momentum">μ (Dong et al. 2018).</param>
/// <param name="Restarts">How many runs.</param>
public sealed record GradientAscent(int Steps, float StepSize, bool RandomStart = false, float Momentum = 0, int Restarts = 1) : IAttack
{
    /// <summary>Where gradients come from; a black-box attacker estimates them.</summary>
    public ISlope Slope { get; init; } = new ExactSlope();

    /// <summary>
    /// σ of a Gaussian start, where <see cref="RandomStart"/> asks for none: for a loss whose gradient at the clean point is zero (Zhang et al. 2019).
    /// </summary>
    public float StartDeviation { get; init; }

    /// <summary>One full step (Goodfellow et al. 2015); in an L2 ball it is FGM (Miyato et al. 2017).</summary>
    public static GradientAscent Fgsm { get; } = new(1, 1);

    /// <summary>FGSM's other name where the ball is L2.</summary>
    public static GradientAscent Fgm => Fgsm;

    /// <summary>Small steps from the clean point (Kurakin et al. 2017).</summary>
    public static GradientAscent Bim(int steps, float stepSize = 0.25f) => new(steps, stepSize);

    /// <summary>Small steps from a random point (Madry et al. 2018), each 2.5 ε / steps.</summary>
    public static GradientAscent Pgd(int steps, int restarts = 1) => new(steps, 2.5f / steps, RandomStart: true, Restarts: restarts);

    /// <summary>Small steps with momentum (Dong et al. 2018), each ε / steps.</summary>
    public static GradientAscent MiFgsm(int steps, float momentum = 1) => new(steps, 1f / steps, Momentum: momentum);

    /// <inheritdoc/>
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        if (threat.IsEmpty || Steps == 0) return Move.Zero;
        if (IsOneStep) return Step(Move.Zero, Slope.Of(loss, at, threat, rng).Move, at, threat);
        var worst = new WorstMove(at, threat);
        for (var run = 0; run < Restarts; run++)
        {
            using var scope = Scope.Open();                  // the memory of one run
            Climb(loss, at, threat, rng.Fork(run), worst);
            worst.Move.Promote();
        }
        return worst.Move;
    }

    /// <summary>Whether it is one step from the clean point: all that it asks for is the gradient there.</summary>
    internal bool IsOneStep => Steps == 1 && Restarts == 1 && !Starts;

    /// <summary>That step, where the gradient at the clean point is known.</summary>
    internal Move OneStep(Move gradient, Point at, Threat threat) => threat.IsEmpty ? Move.Zero : Step(Move.Zero, gradient, at, threat);

    private bool Starts => RandomStart || StartDeviation > 0;

    private Move Start(Point at, Move like, Threat threat, Rng rng) => RandomStart
        ? threat.Sample(at, like, rng)
        : threat.Confine(at, like.Map((variable, l) => l.WithStored(Tensor.Gaussian(l.StoredShape, StartDeviation, rng.Fork(variable.Name)))));

    private void Climb(Loss loss, Point at, Threat threat, Rng rng, WorstMove worst)
    {
        var (move, momentum) = (Move.Zero, Move.Zero);
        for (var i = 0; i < Steps; i++)
        {
            using var scope = Scope.Open();                  // the memory of one iteration; what is promoted outlives it
            var (value, gradient) = Slope.Of(loss, at + move, threat, rng.Fork(i));
            Meet(worst, value, move);
            if (i == 0 && Starts)                            // the clean gradient tells which rows the loss reads
            {
                move = Start(at, gradient, threat, rng).Promote();
                (value, gradient) = Slope.Of(loss, at + move, threat, rng.Fork("start"));
                Meet(worst, value, move);
            }
            if (Momentum != 0) gradient = momentum = (momentum * Momentum + worst.Of(value).UnitL1(gradient)).Promote();
            var from = move;
            move = Step(from, gradient, at, threat).Promote();
            from.Release(worst.Move, move);
        }
        using var last = Scope.Open();
        Meet(worst, loss(at + move), move);
    }

    /// <summary>What is no longer the worst is given back: a search of many steps stays in the same memory.</summary>
    private static void Meet(WorstMove worst, Tensor value, Move move)
    {
        var before = worst.Move;
        worst.Meet(value, move);
        before.Release(worst.Move, move);
    }

    /// <summary>From the clean point a step within the radius needs no projection.</summary>
    private Move Step(Move from, Move gradient, Point at, Threat threat) => from.IsZero && StepSize <= 1 && threat.IsBallAlone
        ? threat.Steepest(gradient, StepSize)
        : threat.Ascend(at, from, gradient, StepSize);
}
