using Bulwark.Data;
using Bulwark.Features;

namespace Bulwark.Cli.Models;

/// <summary>Users and items as rows of fields: who they are, and what is known of them where the data say something.</summary>
internal static class FieldFacts
{
    /// <summary>A row for each user, at the moment of their last event where models read moments.</summary>
    public static FieldTable Users(Making making) => HasContext(making) ? Who(making).Beside(EventFacts.Last(making)) : Who(making);

    /// <summary>Whether models read what is known of events.</summary>
    public static bool HasContext(Making making) => making.Facts.Contexts.Count > 0;

    /// <summary>A row for each training event: its user at its moment.</summary>
    public static FieldTable Moments(Making making) => Who(making).Part(making.Train.User).Beside(EventFacts.OfEvents(making));

    /// <summary>A row for each item.</summary>
    public static FieldTable Items(Making making) => Of("item", making.Train.ItemCount, FactColumns.OfItems(making));

    /// <summary>The columns that make them so again.</summary>
    public static Facts Kept(Making making) => new(FactColumns.OfItems(making), FactColumns.OfUsers(making))
    {
        Contexts = HasContext(making) ? EventFacts.Kept(making) : [],
    };

    private static FieldTable Who(Making making) => Of("user", making.Train.UserCount, FactColumns.OfUsers(making));

    /// <summary>Each is a category of its own, seen in training or not, so that the model is the same when it is read back.</summary>
    private static FieldTable Of(string name, int count, AttributeTable? known)
    {
        var ids = FieldTable.OfIds(name, count);
        if (known is null) return ids;
        var fields = new FieldEncoder(known, [.. known.Columns.Select(column => column.Name)], new()).Encode(known);
        return ids.Beside(new(
            count, [.. fields.Categories.Select(field => field with { Name = $"{name}.{field.Name}" })],
            [.. fields.Numbers.Select(field => field with { Name = $"{name}.{field.Name}" })]));
    }
}
