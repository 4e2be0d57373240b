namespace Bulwark.Data;

/// <summary>What an attribute column holds, in the words of RecBole's atomic files.</summary>
public enum AttributeKind : byte
{
    /// <summary>One word or phrase: <c>token</c>.</summary>
    Token,

    /// <summary>Words with spaces between them: <c>token_seq</c>.</summary>
    TokenSequence,

    /// <summary>One number: <c>float</c>.</summary>
    Float,

    /// <summary>Numbers with spaces between them, kept as text: <c>float_seq</c>.</summary>
    FloatSequence,
}

/// <summary>A named column of an <see cref="AttributeTable"/>: texts, or numbers for <see cref="AttributeKind.Float"/>.</summary>
public sealed class AttributeColumn
{
    private readonly string?[]? _texts;
    private readonly float[]? _numbers;

    /// <summary>A column of texts; null where one is missing.</summary>
    public AttributeColumn(string name, string?[] texts, AttributeKind kind = AttributeKind.Token)
    {
        if (kind == AttributeKind.Float) throw new ArgumentException($"Column '{name}' of numbers needs numbers, not texts.", nameof(kind));
        (Name, Kind, _texts) = (name, kind, texts);
    }

    /// <summary>A column of numbers; NaN where one is missing.</summary>
    public AttributeColumn(string name, float[] numbers) => (Name, Kind, _numbers) = (name, AttributeKind.Float, numbers);

    /// <summary>The name, without the type that files put behind it.</summary>
    public string Name { get; }

    /// <summary>What the column holds.</summary>
    public AttributeKind Kind { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _texts?.Length ?? _numbers!.Length;

    /// <summary>(rows) texts, null where missing; empty for a column of numbers.</summary>
    public ReadOnlySpan<string?> Texts => _texts;

    /// <summary>(rows) numbers, NaN where missing; empty for a column of texts.</summary>
    public ReadOnlySpan<float> Numbers => _numbers;

    /// <summary>The rows with these numbers; −1 makes a missing entry.</summary>
    internal AttributeColumn Select(ReadOnlySpan<int> rows)
    {
        if (_numbers is not null)
        {
            var numbers = new float[rows.Length];
            for (var i = 0; i < rows.Length; i++) numbers[i] = rows[i] < 0 ? float.NaN : _numbers[rows[i]];
            return new(Name, numbers);
        }
        var texts = new string?[rows.Length];
        for (var i = 0; i < rows.Length; i++) texts[i] = rows[i] < 0 ? null : _texts![rows[i]];
        return new(Name, texts, Kind);
    }
}
