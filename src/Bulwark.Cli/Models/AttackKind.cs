using Bulwark.Data;
using Bulwark.Evaluation;

namespace Bulwark.Cli.Models;

/// <summary>An attack that the command can run, its number of steps settled.</summary>
/// <param name="Name">As in reports.</param>
/// <param name="OnTables">The attack on embedding tables at given radii, relative to row norms or not. It throws where there is none.</param>
/// <param name="OnInputs">The attack on the inputs of a classifier, perhaps learned from training inputs. It throws where there is none.</param>
internal sealed record AttackKind(string Name, Func<IReadOnlyList<float>, bool, IReadOnlyList<StudyAttack>> OnTables, Func<LabeledInputs, InputAttack> OnInputs)
{
    /// <summary>Whether it makes the margin of rankings large instead of the training loss.</summary>
    public bool OnMargin { get; init; }

    /// <summary>Whether its search begins at random, so that another run may find more; not where a protocol says how many there are.</summary>
    public bool BeginsAtRandom { get; init; }
}
