using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>A model that compares a row of each user with a row of each item, biases aside.</summary>
public interface IRowModel : IPairModel
{
    /// <summary>The rows of some users, or of all: (batch, d). With a source of randomness, dropout is on.</summary>
    Tensor UserRows(Point at, Ids? some = null, Rng? rng = null);

    /// <summary>The rows of some items, or of all: (batch, d). With a source of randomness, dropout is on.</summary>
    Tensor ItemRows(Point at, Ids? some = null, Rng? rng = null);
}
