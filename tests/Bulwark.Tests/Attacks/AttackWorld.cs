using Bulwark.Attacks;
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

    /// <summary>What the attack of a name is; all of them.</summary>
    public static (string Name, IAttack Attack)[] Attacks { get; } =
    [
        ("noise", new Noise()), ("fgsm", GradientAscent.Fgsm), ("bim", GradientAscent.Bim(8)), ("pgd", GradientAscent.Pgd(8)),
        ("pgd, restarted", GradientAscent.Pgd(4, restarts: 3)), ("mi-fgsm", GradientAscent.MiFgsm(8)), ("one long step", new GradientAscent(1, 3)),
    ];
}
