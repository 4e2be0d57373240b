using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>
/// A start from what another model learned: the same formula over other users or items. Rows of what both know are carried over, others are drawn anew, and what
/// is neither is copied whole.
/// </summary>
/// <param name="At">Where training starts.</param>
/// <param name="Kept">The variables that were carried over whole, which may be frozen: see <see cref="Objectives.Freezing"/>.</param>
public sealed record Transfer(Point At, IReadOnlyList<Variable> Kept)
{
    /// <summary>Takes what can be taken.</summary>
    /// <param name="start">The new model's own starting values.</param>
    /// <param name="source">Values of the trained model, by name.</param>
    /// <param name="users">The row in the trained model of each user of the new one, −1 for those it does not know; and how many it has.</param>
    /// <param name="items">The same of items.</param>
    /// <exception cref="ArgumentException">A variable has no counterpart, or one of another shape: the models are not of one formula and size.</exception>
    public static Transfer Of(Point start, IReadOnlyDictionary<string, Tensor> source, RowsFrom users, RowsFrom items)
    {
        var kept = new List<Variable>();
        var at = start.Map((variable, own) =>
        {
            if (variable.IsGiven) return own;
            if (!source.TryGetValue(variable.Name, out var value))
                throw new ArgumentException($"The trained model has no '{variable}'; give one of the same kind.", nameof(source));
            var rows = users.Fit(own, value) && (!items.Fit(own, value) || variable.Name.StartsWith("user", StringComparison.Ordinal)) ? users
                : items.Fit(own, value) ? items : null;
            if (rows is null && !own.Shape.Equals(value.Shape))
                throw new ArgumentException($"'{variable}' has the shape {value.Shape} in the trained model and {own.Shape} here; give both the same settings.", nameof(source));
            if (rows is null || !rows.Rows.Contains(-1)) kept.Add(variable);
            return rows is null ? value : rows.Carried(own, value);
        });
        return new(at, kept);
    }
}
