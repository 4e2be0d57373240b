using Bulwark.Attacks;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Evaluation;

/// <summary>An attack of a study and the radii it is run at.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Attack">The search.</param>
/// <param name="Epsilons">The radii.</param>
/// <param name="Threat">What may move at a radius.</param>
/// <param name="Relative">Whether a radius is a share of each table's mean row norm rather than a length.</param>
public sealed record StudyAttack(string Name, IAttack Attack, IReadOnlyList<float> Epsilons, Func<IModel, float, Threat> Threat, bool Relative = false)
{
    /// <summary>What it makes large instead of the contender's loss, of the model and a source of chance; null for that loss.</summary>
    public Func<IModel, Rng, Loss>? LossOf { get; init; }

    /// <summary>All embedding tables, each row in an L2 ball.</summary>
    public static Threat Tables(IModel model, float epsilon) => new(new L2Ball(epsilon), model.Tables);

    /// <summary>The published protocol of <see cref="MsapBall"/>: steps by L2 rows, clipped by element.</summary>
    public static Threat MsapTables(IModel model, float epsilon) => new(new MsapBall(epsilon), model.Tables);

    /// <summary>
    /// These, with random noise of the same size in front wherever an attack of theirs has a radius at which they have no noise: the control without which
    /// nobody can tell what the search for a direction adds.
    /// </summary>
    public static IReadOnlyList<StudyAttack> WithNoise(IReadOnlyList<StudyAttack> attacks)
    {
        float[] known = [.. attacks.Where(attack => attack.Attack is Noise).SelectMany(attack => attack.Epsilons)];
        return
        [
            .. from space in attacks.GroupBy(attack => (attack.Threat, attack.Relative))
               let missing = space.SelectMany(attack => attack.Epsilons).Distinct().Except(known).ToArray()
               where missing.Length > 0
               select new StudyAttack("noise", new Noise(), missing, space.Key.Threat, space.Key.Relative),
            .. attacks,
        ];
    }

    /// <summary>The attacks of the published table (Anelli et al. 2021): one step at four radii, and 10, 50 and 100 steps of ε/4 at .5.</summary>
    public static IReadOnlyList<StudyAttack> Msap { get; } =
    [
        new("noise", new Noise(), [0.5f], MsapTables),
        new("fgsm", GradientAscent.Fgsm, [0.5f, 1, 2, 3], MsapTables),
        .. new[] { 10, 50, 100 }.Select(steps => new StudyAttack($"bim-{steps}", GradientAscent.Bim(steps), [0.5f], MsapTables)),
        .. new[] { 10, 50, 100 }.Select(steps => new StudyAttack($"pgd-{steps}", new GradientAscent(steps, 0.25f, RandomStart: true), [0.5f], MsapTables)),
    ];

    /// <summary>Noise, one step, and ten steps from the clean and from a random point, in proper L2 balls.</summary>
    public static IReadOnlyList<StudyAttack> Standard(IReadOnlyList<float> epsilons, bool relative) =>
    [
        new("noise", new Noise(), epsilons, Tables, relative),
        new("fgsm", GradientAscent.Fgsm, epsilons, Tables, relative),
        new("bim-10", GradientAscent.Bim(10), epsilons, Tables, relative),
        new("pgd-10", GradientAscent.Pgd(10), epsilons, Tables, relative),
    ];
}
