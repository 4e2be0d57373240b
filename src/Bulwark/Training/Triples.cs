using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>A batch of (user, item touched, item not touched).</summary>
/// <param name="candidates">How many items not touched are drawn for each triple.</param>
public sealed class Triples(int candidates = 1) : IBatch
{
    /// <summary>User of each triple, (batch).</summary>
    public Ids Users { get; private init; } = new();

    /// <summary>An item the user touched, (batch).</summary>
    public Ids Positives { get; private init; } = new();

    /// <summary>An item the user has not touched, (batch).</summary>
    public Ids Negatives { get; private init; } = new();

    /// <summary>The other candidates for <see cref="Negatives"/>, each (batch): see <see cref="HardNegatives"/>.</summary>
    public IReadOnlyList<Ids> Others { get; } = [.. Enumerable.Range(1, candidates - 1).Select(_ => new Ids())];

    /// <inheritdoc/>
    public int Count => Users.Count;

    /// <inheritdoc/>
    public void Regroup()
    {
        Users.Regroup();
        Positives.Regroup();
        Negatives.Regroup();
        foreach (var list in Others) list.Regroup();
    }

    /// <summary>The same pairs against other items not touched.</summary>
    internal Triples Against(Ids negatives) => new() { Users = Users, Positives = Positives, Negatives = negatives };
}
