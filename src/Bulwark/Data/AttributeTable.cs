namespace Bulwark.Data;

/// <summary>What is known about items, or about users: ids and named columns of texts and numbers.</summary>
public sealed class AttributeTable
{
    /// <summary>A table of columns with one entry for each id.</summary>
    /// <exception cref="ArgumentException">A column's length differs from the number of ids, or two columns share a name.</exception>
    public AttributeTable(Vocabulary ids, IReadOnlyList<AttributeColumn> columns)
    {
        ids.Freeze();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            if (column.Count != ids.Count)
                throw new ArgumentException($"Column '{column.Name}' has {column.Count} entries for {ids.Count} ids.", nameof(columns));
            if (!names.Add(column.Name)) throw new ArgumentException($"Two columns are called '{column.Name}'.", nameof(columns));
        }
        (Ids, Columns) = (ids, columns);
    }

    /// <summary>The ids, in row order. They are numbered apart from those of <see cref="Interactions"/> until <see cref="Align"/>.</summary>
    public Vocabulary Ids { get; }

    /// <summary>The columns, in file order.</summary>
    public IReadOnlyList<AttributeColumn> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Count => Ids.Count;

    /// <summary>The column of this name, or null.</summary>
    public AttributeColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>The column of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public AttributeColumn this[string name] => Find(name)
        ?? throw new KeyNotFoundException($"This table has no column '{name}'. It has: {string.Join(", ", Columns.Select(column => column.Name))}.");

    /// <summary>The table in the order of another vocabulary, so that its indices reach the rows; ids unknown here get missing entries.</summary>
    public AttributeTable Align(Vocabulary to)
    {
        if (ReferenceEquals(to, Ids)) return this;
        var rows = new int[to.Count];
        for (var index = 0; index < rows.Length; index++) rows[index] = Ids.TryGet(to[index], out var row) ? row : -1;
        return new(to, [.. Columns.Select(column => column.Select(rows))]);
    }

    /// <summary>Some of the rows, in this order.</summary>
    public AttributeTable Part(IEnumerable<int> rows) => Align(new Vocabulary(rows.Select(row => Ids[row])));
}
