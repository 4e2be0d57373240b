using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Cli.Models;

/// <summary>Which columns of what is known of items and users a model reads, in the order of its items and users.</summary>
internal static class FactColumns
{
    private const string Auto = "auto", None = "none";

    /// <summary>Columns of texts of items: those named, or all of words whose entries mostly are an item's own, as titles are.</summary>
    /// <exception cref="UsageException">There are none.</exception>
    public static AttributeTable Texts(Making making) => Needed(
        making, "texts", IsText, static column => column.Kind is AttributeKind.Token or AttributeKind.TokenSequence);

    /// <summary>Columns of attributes of items: those named, or all of words, of numbers, and of several words that items share, as genres are.</summary>
    /// <exception cref="UsageException">There are none.</exception>
    public static AttributeTable Attributes(Making making) => Needed(making, "attributes", IsUsual, IsAttribute);

    /// <summary>Columns of vectors of items: those named, or all of several numbers.</summary>
    /// <exception cref="UsageException">There are none.</exception>
    public static AttributeTable Vectors(Making making) => Needed(making, "vectors", IsVector, IsVector);

    /// <summary>The picture of each item, (items, height, width, channels); black where there is none.</summary>
    /// <exception cref="UsageException">There are none.</exception>
    public static Tensor Pictures(Making making)
    {
        if (making.Facts.Pictures is not { } pictures)
            throw new UsageException("These data have no pictures of items; give a folder with a file x.pictures-idx4-ubyte beside x.item, or choose a model such as bpr.");
        if (making.Facts.AreSaved) return pictures;
        var (each, ids) = (pictures.Shape.RowLength, making.Train.Items);
        var values = new float[ids.Count * each];
        for (var item = 0; item < ids.Count; item++)
            if (making.Facts.Items!.Ids.TryGet(ids[item], out var row)) pictures.Values.Slice(row * each, each).CopyTo(values.AsSpan(item * each));
        return Tensor.Of(pictures.Shape.With(0, ids.Count), values);
    }

    /// <summary>Attributes where a model can do without; null for none.</summary>
    public static AttributeTable? OfItems(Making making) => Wanted(making.Facts.Items, making.Settings.Get(Known.Columns), "items", "--columns", making.Train.Items);

    /// <summary>Columns of attributes of users, where there are some.</summary>
    public static AttributeTable? OfUsers(Making making) =>
        Wanted(making.Facts.Users, making.Settings.Get(Known.UserColumns), "users", "--user-columns", making.Train.Users);

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

    private static bool IsVector(AttributeColumn column) => column.Kind == AttributeKind.FloatSequence;

    private static bool IsAttribute(AttributeColumn column) => !IsVector(column);

    private static bool IsUsual(AttributeColumn column) => IsAttribute(column) && !IsText(column);

    private static AttributeTable Needed(Making making, string what, Predicate<AttributeColumn> usual, Predicate<AttributeColumn> possible)
    {
        if (making.Facts.Items is not { Columns.Count: > 0 } table)
            throw new UsageException("These data say nothing about items, which a model of content reads; give data with a file of items, or choose a model such as bpr.");
        return Chosen(table, making.Settings.Get(Known.Columns), "items", "--columns", what, usual, possible)?.Align(making.Train.Items)
            ?? throw new UsageException($"These data have no column of items that looks like {what}; name some with --columns (there are {Names(table)}).");
    }

    private static AttributeTable? Wanted(AttributeTable? known, string named, string whose, string flag, Vocabulary ids)
    {
        if (named == None || known is null && named == Auto) return null;
        return Chosen(known ?? throw new UsageException($"These data say nothing about {whose}; leave {flag} out."), named, whose, flag, "attributes", IsUsual, IsAttribute)
            ?.Align(ids);
    }

    /// <summary>The columns named, or the usual ones; null where there are none.</summary>
    private static AttributeTable? Chosen(
        AttributeTable table, string named, string whose, string flag, string what, Predicate<AttributeColumn> usual, Predicate<AttributeColumn> possible)
    {
        AttributeColumn[] columns = named == Auto ? [.. table.Columns.Where(column => usual(column))]
            : [.. named.Split(',', StringSplitOptions.TrimEntries).Distinct().Select(name => table.Find(name)
                ?? throw new UsageException(Suggest.Unknown($"column of {whose}", name, table.Columns.Select(column => column.Name))))];
        if (columns.FirstOrDefault(column => !possible(column)) is { } misfit)
            throw new UsageException($"Column '{misfit.Name}' of {whose} holds no {what}; name others with {flag} (there are {Names(table)}).");
        return columns.Length > 0 ? new AttributeTable(table.Ids, columns) : null;
    }

    private static string Names(AttributeTable table) => string.Join(", ", table.Columns.Select(column => column.Name));
}
