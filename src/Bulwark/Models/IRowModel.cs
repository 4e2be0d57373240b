using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>A model that compares a row of each user with a row of each item: ŷ(u, i) = p_u · q_i + b_u + b_i, summed in this order.</summary>
public interface IRowModel : IPairModel
{
    /// <summary>The rows of some users, or of all: (batch, d). With a source of randomness, dropout is on.</summary>
    Tensor UserRows(Point at, Ids? some = null, Rng? rng = null);

    /// <summary>The rows of some items, or of all: (batch, d). With a source of randomness, dropout is on.</summary>
    Tensor ItemRows(Point at, Ids? some = null, Rng? rng = null);

    /// <summary>b of some users, (batch); null where there is none.</summary>
    Tensor? UserBiases(Point at, Ids some) => null;

    /// <summary>b of all items, with what is added to every score, (items); null where there is none.</summary>
    Tensor? ItemBiases(Point at) => null;
}
