using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>A model that compares a row of each user with a row of each item, biases aside.</summary>
public interface IRowModel : IPairModel
{
    /// <summary>The rows that are compared: (users, d) and (items, d).</summary>
    (Tensor Users, Tensor Items) Rows(Point at);
}
