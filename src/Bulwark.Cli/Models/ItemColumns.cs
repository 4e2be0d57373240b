using Bulwark.Cli.Settings;
using Bulwark.Data;

namespace Bulwark.Cli.Models;

/// <summary>Which columns of what is known of items a model reads, in the order of its items.</summary>
internal static class ItemColumns
{
    private const string Auto = "auto";

    /// <summary>Columns of texts: those named, or all of words whose entries mostly are an item's own, as titles are.</summary>
    /// <exception cref="UsageException">There are none.</exception>
    public static AttributeTable Texts(Making making) => Chosen(making, "texts", IsText, static column => column.Kind is AttributeKind.Token or AttributeKind.TokenSequence);

    /// <summary>Columns of attributes: those named, or all of words, of numbers, and of several words that items share, as genres are.</summary>
    /// <exception cref="UsageException">There are none.</exception>
    public static AttributeTable Attributes(Making making) =>
        Chosen(making, "attributes", static column => IsAttribute(column) && !IsText(column), IsAttribute);

    /// <summary>The texts of each item as one.</summary>
    public static string[] Joined(AttributeTable texts) =>
        [.. Enumerable.Range(0, texts.Count).Select(item => string.Join(' ', texts.Columns.Select(column => column.Texts[item]).Where(text => text is not null)))];

    /// <summary>Whether most of a column's entries are no other item's.</summary>
    private static bool IsText(AttributeColumn column)
    {
        if (column.Kind != AttributeKind.TokenSequence) return false;
        string[] known = [.. column.Texts.ToArray().OfType<string>()];
        return known.Distinct(StringComparer.Ordinal).Count() * 2 > known.Length;
    }

    private static bool IsAttribute(AttributeColumn column) => column.Kind != AttributeKind.FloatSequence;

    private static AttributeTable Chosen(Making making, string what, Predicate<AttributeColumn> usual, Predicate<AttributeColumn> possible)
    {
        var named = making.Settings.Get(Known.Columns);
        if (making.Facts.Items is not { Columns.Count: > 0 } table)
            throw new UsageException("These data say nothing about items, which a model of content reads; give data with a file of items, or choose a model such as bpr.");
        AttributeColumn[] columns = named == Auto ? [.. table.Columns.Where(column => usual(column))]
            : [.. named.Split(',', StringSplitOptions.TrimEntries).Distinct().Select(name => table.Find(name)
                ?? throw new UsageException(Suggest.Unknown("column of items", name, table.Columns.Select(column => column.Name))))];
        var names = string.Join(", ", table.Columns.Select(column => column.Name));
        if (columns.FirstOrDefault(column => !possible(column)) is { } misfit)
            throw new UsageException($"Column '{misfit.Name}' of items holds no {what}; name others with --columns (there are {names}).");
        return columns.Length > 0 ? new AttributeTable(table.Ids, columns).Align(making.Train.Items)
            : throw new UsageException($"These data have no column of items that looks like {what}; name some with --columns (there are {names}).");
    }
}
