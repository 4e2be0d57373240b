using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models.Graph;

/// <summary>R̃_ui = 1 / √(n_u n_i) for the n_u items that u touched and the n_i users who touched i; values are not read.</summary>
internal sealed class NormalizedGraph
{
    /// <summary>The graph of these pairs.</summary>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items.</exception>
    public NormalizedGraph(Interactions train)
    {
        var users = SparseRows.Of(train);
        var items = users.Transpose();
        ToUsers = users.Map((user, item, _) => 1 / MathF.Sqrt((float)users.Length(user) * items.Length(item)));
        ToItems = ToUsers.Transpose();
    }

    /// <summary>R̃, (users, items).</summary>
    public SparseRows ToUsers { get; }

    /// <summary>R̃ᵀ, (items, users).</summary>
    public SparseRows ToItems { get; }
}
