using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Attacks;

/// <summary>Losses to attack: a linear margin, whose worst move is known, and a batch of BPR, which shares rows between its triples.</summary>
internal static class AttackWorld
{
    public static readonly Variable X = new("x");

    /// <summary>−(w · x): what an attacker makes large to push the margin w · x below 0.</summary>
    public static Loss Linear(params float[] w) => at => -(at[X] * Tensor.Of((1, w.Length), w)).Sum();

    public static Point At(params float[] x) => new((X, Tensor.Of((1, x.Length), x)));

    /// <summary>Matrix factorization with rows of length around 1, and one batch in which rows repeat; the last two of each table are not read.</summary>
    public static (MatrixFactorization Model, Point At, Triples Batch) Bpr(ulong seed = 1, int users = 12, int items = 15)
    {
        var model = new MatrixFactorization(users, items, new(6, Deviation: 0.4f));
        var (rng, batch) = (new Rng(seed), new Triples());
        Span<int> who = batch.Users.Refill(40), good = batch.Positives.Refill(40), bad = batch.Negatives.Refill(40);
        for (var b = 0; b < 40; b++) (who[b], good[b], bad[b]) = (rng.Next(users - 2), rng.Next(items - 2), rng.Next(items - 2));
        return (model, model.Start(rng), batch);
    }

    /// <summary>Scores of three classes, linear in a batch of inputs: W has a column for each class.</summary>
    public static Func<Point, Tensor> Logits(Tensor weights) => at => at[X].MatMul(weights);

    /// <summary>The loss of a search that asks logits.</summary>
    public static readonly Loss Unasked = _ => throw new InvalidOperationException("The loss was asked.");

    /// <summary>A batch of inputs, (batch, d).</summary>
    public static Point Batch(int count, int width, ulong seed) => new((X, Tensor.Gaussian((count, width), 1, new Rng(seed)).Keep()));

    /// <summary>The searches that see a loss alone.</summary>
    public static (string Name, IAttack Attack)[] BlackBox { get; } =
    [
        ("nes", new GradientAscent(6, 0.3f) { Slope = AntitheticSlope.Nes(40) }), ("spsa", new GradientAscent(6, 0.3f) { Slope = AntitheticSlope.Spsa(40) }),
        ("apgd by spsa", new Apgd(6) { Slope = AntitheticSlope.Spsa(40) }), ("square", new Square(200)),
    ];

    /// <summary>The searches that see gradients, and noise.</summary>
    public static (string Name, IAttack Attack)[] Attacks { get; } =
    [
        ("noise", new Noise()), ("fgsm", GradientAscent.Fgsm), ("bim", GradientAscent.Bim(8)), ("pgd", GradientAscent.Pgd(8)),
        ("pgd, restarted", GradientAscent.Pgd(4, restarts: 3)), ("mi-fgsm", GradientAscent.MiFgsm(8)), ("one long step", new GradientAscent(1, 3)),
        ("apgd", new Apgd(8)), ("strongest", new Strongest(GradientAscent.Fgsm, new Apgd(5))),
    ];

    /// <summary>The loss where an attack ends.</summary>
    public static float Worst(IAttack attack, Loss loss, Point at, Ball ball) =>
        loss(at + attack.Find(loss, at, new Threat(ball, X), new Rng(1))).Item();

    /// <summary>Standard normal numbers.</summary>
    public static float[] Draw(Rng rng, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)rng.NextGaussian())];
}
