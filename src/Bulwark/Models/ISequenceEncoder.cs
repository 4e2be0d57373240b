using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>
/// A formula that turns histories into rows which items are compared with. <see cref="SequenceModel"/> makes it a model that knows its users.
/// </summary>
public interface ISequenceEncoder
{
    /// <summary>The variables that hold embeddings: what an embedding attack may touch.</summary>
    IReadOnlyList<Variable> Tables { get; }

    /// <summary>The table with a row for each item of a history: what <see cref="Encode"/> reads of items.</summary>
    Variable Inputs { get; }

    /// <summary>Items known to training.</summary>
    int ItemCount { get; }

    /// <summary>L, the most items of a history that it looks at; of longer ones it sees the end.</summary>
    int Length { get; }

    /// <summary>Whether a row tells which item stands, hidden, at its position (cloze) rather than which one follows it.</summary>
    bool Cloze { get; }

    /// <summary>How a row is compared with items.</summary>
    ItemHead Head { get; }

    /// <summary>Starting values of all variables.</summary>
    Point Start(Rng rng);

    /// <summary>A row for each position: (positions, d). With a source of randomness, dropout is on.</summary>
    Tensor Encode(Point at, Sequences histories, Rng? rng = null);
}
