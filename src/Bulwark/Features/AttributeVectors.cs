using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Features;

/// <summary>Attributes as numbers for models that take vectors: each category a column of its own, each number standardized.</summary>
public static class AttributeVectors
{
    /// <summary>
    /// (rows, columns): for a column of tokens 1 in the column of its category; for one of token sequences 1/√n in each of the columns of its n
    /// words; for one of numbers (x − mean) / deviation. What is missing is zero.
    /// </summary>
    /// <param name="table">The attributes, aligned with the items.</param>
    /// <param name="columns">Names of columns of tokens, of token sequences, or of numbers.</param>
    /// <exception cref="ArgumentException">A column holds sequences of numbers.</exception>
    /// <exception cref="KeyNotFoundException">There is no column of a name.</exception>
    public static SparseRows Of(AttributeTable table, params IReadOnlyList<string> columns)
    {
        var entries = Enumerable.Range(0, table.Count).Select(_ => new List<(int, float)>()).ToArray();
        var width = 0;
        foreach (var column in columns.Select(name => table[name]))
            width += column.Kind switch
            {
                AttributeKind.Float => AddNumbers(column, width, entries),
                AttributeKind.FloatSequence => throw new ArgumentException($"Column '{column.Name}' holds sequences of numbers; choose columns of tokens or of numbers."),
                _ => AddCategories(column, width, entries),
            };
        return new(width, entries);
    }

    /// <summary>Which columns of <see cref="Of"/> each attribute has, in order: an attack must keep a token's block one-hot.</summary>
    public static IReadOnlyList<(AttributeColumn Attribute, int First, int Count)> Layout(AttributeTable table, params IReadOnlyList<string> columns)
    {
        var (layout, width) = (new List<(AttributeColumn, int, int)>(), 0);
        foreach (var name in columns)
        {
            var count = Of(table, name).ColumnCount;
            layout.Add((table[name], width, count));
            width += count;
        }
        return layout;
    }

    private static int AddCategories(AttributeColumn column, int first, List<(int, float)>[] entries)
    {
        var categories = new Vocabulary();
        for (var row = 0; row < column.Count; row++)
        {
            if (column.Texts[row] is not { } text) continue;
            string[] values = column.Kind == AttributeKind.Token ? [text] : [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()];
            foreach (var value in values) entries[row].Add((first + categories.GetOrAdd(value), 1 / MathF.Sqrt(values.Length)));
        }
        return categories.Count;
    }

    private static int AddNumbers(AttributeColumn column, int first, List<(int, float)>[] entries)
    {
        var known = column.Numbers.ToArray().Where(float.IsFinite).ToArray();
        var mean = known.Length == 0 ? 0 : known.Average(x => (double)x);
        var deviation = known.Length == 0 ? 0 : Math.Sqrt(known.Average(x => (x - mean) * (x - mean)));
        for (var row = 0; row < column.Count && deviation > 0; row++)
            if (float.IsFinite(column.Numbers[row])) entries[row].Add((first, (float)((column.Numbers[row] - mean) / deviation)));
        return 1;
    }
}
