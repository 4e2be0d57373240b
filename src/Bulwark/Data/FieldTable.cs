namespace Bulwark.Data;

/// <summary>A field of categories.</summary>
/// <param name="Name">What variables, reports and errors call it.</param>
/// <param name="Size">How many indices there are, at least 1: 0 stands for what is unknown.</param>
/// <param name="Indices">The category of each row.</param>
/// <param name="IsCross">Whether its categories are pairs of two other fields' categories.</param>
public sealed record CategoryField(string Name, int Size, ReadOnlyMemory<int> Indices, bool IsCross = false);

/// <summary>A field of one number a row, 0 where it is missing.</summary>
public sealed record NumberField(string Name, ReadOnlyMemory<float> Values);

/// <summary>
/// Rows (examples, users or items) as models of fields read them: categories by index, numbers, and a label each where there are labels. Crosses
/// are the last of the categories.
/// </summary>
public sealed class FieldTable
{
    private readonly ReadOnlyMemory<float> _labels;

    /// <summary>A table of columns of one length.</summary>
    /// <exception cref="ArgumentException">Lengths differ, an index is not below its field's size, or a cross is not last.</exception>
    public FieldTable(int count, IReadOnlyList<CategoryField> categories, IReadOnlyList<NumberField> numbers, ReadOnlyMemory<float> labels = default)
    {
        if (!labels.IsEmpty && labels.Length != count) throw new ArgumentException($"There are {labels.Length} labels for {count} rows.", nameof(labels));
        foreach (var (name, length) in categories.Select(f => (f.Name, f.Indices.Length)).Concat(numbers.Select(f => (f.Name, f.Values.Length))))
            if (length != count) throw new ArgumentException($"Field '{name}' has {length} entries for {count} rows.");
        foreach (var field in categories)
            foreach (var index in field.Indices.Span)
                if ((uint)index >= (uint)field.Size) throw new ArgumentException($"Field '{field.Name}' has no category {index}; it has {field.Size}.");
        if (categories.SkipWhile(field => !field.IsCross).Any(field => !field.IsCross)) throw new ArgumentException("Put crosses behind all other categories.");
        (Count, Categories, Numbers, _labels) = (count, categories, numbers, labels);
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>The fields of categories.</summary>
    public IReadOnlyList<CategoryField> Categories { get; }

    /// <summary>The fields of numbers.</summary>
    public IReadOnlyList<NumberField> Numbers { get; }

    /// <summary>A label for each row; empty where there are none.</summary>
    public ReadOnlySpan<float> Labels => _labels.Span;

    /// <summary>
    /// Users or items as one field: each is a category of its own, and those that occur nowhere in training are unknown together, so that nothing is
    /// said of them beside their other fields.
    /// </summary>
    /// <param name="name">The field's name.</param>
    /// <param name="counts">How often each occurs in training.</param>
    public static FieldTable OfIds(string name, ReadOnlySpan<int> counts)
    {
        var (indices, size) = (new int[counts.Length], 1);
        for (var row = 0; row < counts.Length; row++) indices[row] = counts[row] > 0 ? size++ : 0;
        return new(counts.Length, [new(name, size, indices)], []);
    }

    /// <summary>Users or items as one field, each a category of its own.</summary>
    public static FieldTable OfIds(string name, int count) => OfIds(name, [.. Enumerable.Repeat(1, count)]);

    /// <summary>Some of the rows, in this order, without labels; −1 is a row of unknowns and of zeros.</summary>
    public FieldTable Part(ReadOnlySpan<int> rows)
    {
        var count = rows.Length;
        int[] some = [.. rows];
        return new(
            count, [.. Categories.Select(field => field with { Indices = Gather(field.Indices) })],
            [.. Numbers.Select(field => field with { Values = Gather(field.Values) })]);

        T[] Gather<T>(ReadOnlyMemory<T> from) where T : struct
        {
            var to = new T[count];
            for (var b = 0; b < count; b++) to[b] = some[b] < 0 ? default : from.Span[some[b]];
            return to;
        }
    }

    /// <summary>The fields of both tables of the same rows; labels are this table's.</summary>
    public FieldTable Beside(FieldTable other) =>
        new(Count, [.. Categories.Concat(other.Categories).OrderBy(field => field.IsCross)], [.. Numbers, .. other.Numbers], _labels);
}
