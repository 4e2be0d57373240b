using Bulwark.Data;

namespace Bulwark.Features;

/// <summary>
/// How alike two items are by their attributes (Gower 1971): s(i, j) = Σ_k w_k s_k / Σ_k w_k over the columns that both have, where s_k is 1 for
/// equal categories and else 0, and 1 − |x − y| / range for numbers. 0 where they have no column in common.
/// </summary>
public sealed class AttributeSimilarity
{
    private readonly (int[]? Categories, float[]? Numbers, float Range, float Weight)[] _columns;

    /// <summary>Similarity by these columns with these weights.</summary>
    /// <exception cref="ArgumentException">There is no column, or a weight is not positive.</exception>
    /// <exception cref="KeyNotFoundException">There is no column of a name.</exception>
    public AttributeSimilarity(AttributeTable table, params IReadOnlyList<(string Column, float Weight)> columns)
    {
        if (columns.Count == 0) throw new ArgumentException("A similarity needs at least one column.", nameof(columns));
        foreach (var (name, weight) in columns)
            if (!(weight > 0)) throw new ArgumentException($"The weight of column '{name}' is {weight}; weights are positive.", nameof(columns));
        Count = table.Count;
        _columns = [.. columns.Select(column => Prepared(table[column.Column], column.Weight))];
    }

    /// <summary>Number of items.</summary>
    public int Count { get; }

    /// <summary>s(i, j), in [0, 1].</summary>
    public float Of(int i, int j)
    {
        var (sum, weights) = (0f, 0f);
        foreach (var (categories, numbers, range, weight) in _columns)
        {
            float alike;
            if (categories is not null)
            {
                if (categories[i] < 0 || categories[j] < 0) continue;
                alike = categories[i] == categories[j] ? 1 : 0;
            }
            else
            {
                if (!float.IsFinite(numbers![i]) || !float.IsFinite(numbers[j])) continue;
                alike = range > 0 ? 1 - MathF.Abs(numbers[i] - numbers[j]) / range : 1;
            }
            (sum, weights) = (sum + weight * alike, weights + weight);
        }
        return weights > 0 ? sum / weights : 0;
    }

    private static (int[]?, float[]?, float, float) Prepared(AttributeColumn column, float weight)
    {
        if (column.Kind != AttributeKind.Float)
        {
            var categories = new Vocabulary();
            return ([.. column.Texts.ToArray().Select(text => text is null ? -1 : categories.GetOrAdd(text))], null, 0, weight);
        }
        var known = column.Numbers.ToArray().Where(float.IsFinite).ToArray();
        return (null, column.Numbers.ToArray(), known.Length == 0 ? 0 : known.Max() - known.Min(), weight);
    }
}
