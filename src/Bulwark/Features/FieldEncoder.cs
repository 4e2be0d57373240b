using Bulwark.Data;

namespace Bulwark.Features;

/// <summary>How columns become fields.</summary>
/// <param name="LeastCount">Categories that training has less often are unknown, together with those it does not have.</param>
/// <param name="Logarithm">Whether numbers are taken as sign(x) ln(1 + |x|), for counts.</param>
public sealed record FieldEncoderOptions(int LeastCount = 2, bool Logarithm = false)
{
    /// <summary>Pairs of columns of texts whose categories together make one more field.</summary>
    public IReadOnlyList<(string First, string Second)> Crosses { get; init; } = [];
}

/// <summary>
/// Columns of texts and numbers as fields, by what one part of the data taught: which categories are frequent, and of numbers the mean and the
/// deviation. A missing text is a category like others. A missing number becomes the mean, and where training lacks some, whether it is there is a
/// field of its own.
/// </summary>
public sealed class FieldEncoder
{
    private readonly List<(string Name, Func<AttributeTable, string[]> Texts, Dictionary<string, int> Indices, bool IsCross)> _categories = [];
    private readonly List<(string Name, double Mean, double Deviation)> _numbers = [];
    private readonly FieldEncoderOptions _options;

    /// <summary>Learns from the training part.</summary>
    /// <param name="train">The training part alone.</param>
    /// <param name="columns">The columns to encode: of numbers, or of texts, each text a category.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">A column holds sequences of numbers.</exception>
    /// <exception cref="KeyNotFoundException">There is no column of a name.</exception>
    public FieldEncoder(AttributeTable train, IReadOnlyList<string> columns, FieldEncoderOptions options)
    {
        _options = options;
        foreach (var column in columns.Select(name => train[name]))
        {
            if (column.Kind == AttributeKind.FloatSequence)
                throw new ArgumentException($"Column '{column.Name}' holds sequences of numbers; choose columns of texts or of numbers.");
            if (column.Kind != AttributeKind.Float) Learn(column.Name, table => Texts(table[column.Name]), train);
            else
            {
                var known = column.Numbers.ToArray().Where(float.IsFinite).Select(Scaled).ToArray();
                var mean = known.Length == 0 ? 0 : known.Average();
                var deviation = known.Length == 0 ? 0 : Math.Sqrt(known.Average(x => (x - mean) * (x - mean)));
                _numbers.Add((column.Name, mean, deviation));
                if (known.Length < train.Count) Learn($"{column.Name} is there", table => Presence(table[column.Name]), train);
            }
        }
        foreach (var (first, second) in options.Crosses)
            Learn($"{first} × {second}", table => [.. Texts(table[first]).Zip(Texts(table[second]), (a, b) => $"{a}\t{b}")], train, isCross: true);
    }

    /// <summary>The fields of any part.</summary>
    /// <param name="table">A table with the columns of the training part.</param>
    /// <param name="label">The column of labels, of numbers; null where there is none.</param>
    /// <exception cref="ArgumentException">A label is missing, or labels are texts.</exception>
    public FieldTable Encode(AttributeTable table, string? label = null)
    {
        var labels = label is null ? [] : table[label].Numbers.ToArray();
        if (label is not null && (labels.Length != table.Count || !labels.All(float.IsFinite)))
            throw new ArgumentException($"Column '{label}' of labels needs a number in every row.", nameof(label));
        return new(table.Count, [.. _categories.Select(Category)], [.. _numbers.Select(Number)], labels);

        CategoryField Category((string Name, Func<AttributeTable, string[]> Texts, Dictionary<string, int> Indices, bool IsCross) field) =>
            new(field.Name, field.Indices.Count + 1, field.Texts(table).Select(text => field.Indices.GetValueOrDefault(text)).ToArray(), field.IsCross);

        NumberField Number((string Name, double Mean, double Deviation) field) => new(
            field.Name, table[field.Name].Numbers.ToArray()
                .Select(x => float.IsFinite(x) && field.Deviation > 0 ? (float)((Scaled(x) - field.Mean) / field.Deviation) : 0).ToArray());
    }

    /// <summary>Frequent categories are numbered from 1 in the order of first appearance.</summary>
    private void Learn(string name, Func<AttributeTable, string[]> texts, AttributeTable train, bool isCross = false)
    {
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var category in texts(train).GroupBy(text => text, StringComparer.Ordinal))
            if (category.Count() >= _options.LeastCount) indices.Add(category.Key, indices.Count + 1);
        _categories.Add((name, texts, indices, isCross));
    }

    private double Scaled(float x) => _options.Logarithm ? Math.Sign(x) * Math.Log(1 + Math.Abs((double)x)) : x;

    private static string[] Texts(AttributeColumn column) => [.. column.Texts.ToArray().Select(text => text ?? "")];

    private static string[] Presence(AttributeColumn column) => [.. column.Numbers.ToArray().Select(x => float.IsFinite(x) ? "yes" : "no")];
}
