using Bulwark.Data;

namespace Bulwark.Cli.Runs;

/// <summary>A column of <see cref="Models.Facts"/> on a saved model's card: texts or numbers, null where one is missing.</summary>
internal sealed record CardColumn(string Name, AttributeKind Kind, string?[]? Texts, float?[]? Numbers)
{
    /// <summary>The columns of a table, in the order of a model's items or users.</summary>
    public static CardColumn[]? Of(AttributeTable? table, Vocabulary ids) => table is null ? null :
    [
        .. table.Align(ids).Columns.Select(column => column.Kind == AttributeKind.Float
            ? new CardColumn(column.Name, column.Kind, null, [.. column.Numbers.ToArray().Select(number => float.IsFinite(number) ? number : (float?)null)])
            : new CardColumn(column.Name, column.Kind, column.Texts.ToArray(), null)),
    ];

    /// <summary>The table again.</summary>
    /// <exception cref="ArgumentException">The columns do not fit the ids.</exception>
    public static AttributeTable? Table(CardColumn[]? columns, Vocabulary ids) => columns is null ? null : new(ids,
    [
        .. columns.Select(column => column.Kind == AttributeKind.Float
            ? new AttributeColumn(column.Name, [.. (column.Numbers ?? []).Select(number => number ?? float.NaN)])
            : new AttributeColumn(column.Name, column.Texts ?? [], column.Kind)),
    ]);
}
