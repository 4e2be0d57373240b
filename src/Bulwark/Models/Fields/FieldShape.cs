using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models.Fields;

/// <summary>Which fields an example has: some of categories, then some of numbers.</summary>
public sealed class FieldShape
{
    private FieldShape(IReadOnlyList<CategoryField> categories, int numberCount, Variable numbers) =>
        (Categories, NumberCount, Numbers) = (categories, numberCount, numbers);

    /// <summary>The fields of some tables, those of a later table behind those of an earlier.</summary>
    /// <exception cref="ArgumentException">There is no field, two share a name, or a cross is followed by another field of categories.</exception>
    public FieldShape(params IReadOnlyList<FieldTable> tables)
        : this([.. tables.SelectMany(table => table.Categories)], tables.Sum(table => table.Numbers.Count), new("numbers"))
    {
        if (Count == 0) throw new ArgumentException("A model of fields needs at least one field.");
        var twice = Categories.Select(field => field.Name).Concat(tables.SelectMany(table => table.Numbers).Select(field => field.Name))
            .GroupBy(name => name).FirstOrDefault(names => names.Count() > 1);
        if (Categories.SkipWhile(field => !field.IsCross).Any(field => !field.IsCross)) throw new ArgumentException("Give the table that has crosses last.");
        if (twice is not null) throw new ArgumentException($"Two fields are called '{twice.Key}'; rename one.");
    }

    /// <summary>The fields of categories, for their names and sizes.</summary>
    public IReadOnlyList<CategoryField> Categories { get; }

    /// <summary>How many fields are numbers.</summary>
    public int NumberCount { get; }

    /// <summary>How many fields there are.</summary>
    public int Count => Categories.Count + NumberCount;

    /// <summary>The numbers of a batch, (batch, numbers): like a classifier's inputs they stand at the point, where an attack may move them.</summary>
    public Variable Numbers { get; }

    /// <summary>The same fields without crosses.</summary>
    public FieldShape WithoutCrosses() => new([.. Categories.Where(field => !field.IsCross)], NumberCount, Numbers);
}
