using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>A formula of bags of items that gives every item a score from what was touched: <see cref="BagModel"/> makes a model of it.</summary>
public interface IAutoencoder
{
    /// <summary>The variables with one row for each item: what an embedding attack may touch.</summary>
    IReadOnlyList<Variable> Tables { get; }

    /// <summary>The table with a row for each item of a bag, of which <see cref="Reconstruct"/> reads those alone; null without one.</summary>
    Variable? Inputs => null;

    /// <summary>Items known to training.</summary>
    int ItemCount { get; }

    /// <summary>Starting values of all variables.</summary>
    Point Start(Rng rng);

    /// <summary>The score of every item for each bag, (bags, items). With a source of randomness, dropout and noise are on.</summary>
    Tensor Reconstruct(Point at, Bags bags, Rng? rng = null);
}
