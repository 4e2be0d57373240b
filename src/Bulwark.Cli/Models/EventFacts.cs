using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Features;

namespace Bulwark.Cli.Models;

/// <summary>
/// What is known of events, as fields of users at moments. Models learn at the moments of their training events, with drawn items at the moment of the touched one,
/// and rank at each user's last.
/// </summary>
internal static class EventFacts
{
    private const string None = "none", Hour = "hour", Weekday = "weekday";

    /// <summary>The columns that a reader must keep.</summary>
    public static IReadOnlyList<string> Columns(Resolved settings) => [.. Names(settings).Where(name => name is not (Hour or Weekday))];

    /// <summary>The rows with all that the settings ask for.</summary>
    /// <exception cref="DataException">There are no times to make it of.</exception>
    public static Interactions Told(Interactions rows, Resolved settings)
    {
        string[] names = [.. Names(settings)];
        if (names.Length == 0) return rows;
        if (!rows.HasTimes && names.Any(name => name is Hour or Weekday))
            throw new DataException("the interactions", null, "there are no times, of which hour and weekday are made", "leave them out of --context");
        var missing = names.FirstOrDefault(name => name is not (Hour or Weekday) && rows.Context.All(column => column.Name != name));
        if (missing is not null)
            throw new DataException("the interactions", null, $"there is no column '{missing}' of events", "name columns of a file with a header, or hour and weekday");
        return rows.WithContext([.. names.Select(name => name switch
        {
            Hour => EventContext.Hours(rows),
            Weekday => EventContext.Weekdays(rows),
            _ => rows.Context.First(column => column.Name == name),
        })]);
    }

    /// <summary>The columns with their categories, those of the test part among them, so that a model is the same when it is read back.</summary>
    public static IReadOnlyList<EventFact> Of(Interactions rows) =>
        [.. rows.Context.Select(column => new EventFact(column.Name, EventContext.Categories(column)))];

    /// <summary>What a saved model keeps: each user's last moment.</summary>
    public static IReadOnlyList<EventFact> Kept(Making making) =>
        [.. making.Facts.Contexts.Zip(Last(making).Categories, (fact, field) => fact with { Last = field.Indices.ToArray() })];

    /// <summary>The last moment of each user.</summary>
    public static FieldTable Last(Making making) => making.Facts.Contexts is { Count: > 0 } facts && facts[0].Last is { } saved
        ? new(saved.Length, [.. facts.Select(fact => new CategoryField($"context.{fact.Name}", 1 + fact.Categories.Length, fact.Last))], [])
        : OfEvents(making).Part(EventContext.LastRows(making.Train));

    /// <summary>The moment of each training event.</summary>
    public static FieldTable OfEvents(Making making)
    {
        if (making.Train.Context.Count == 0)
            throw new UsageException("These training rows have no --context, as rows that were made up or added have none; leave it out.");
        var fields = making.Facts.Contexts.Zip(making.Train.Context, (fact, column) => EventContext.Field(column, fact.Categories));
        return new(making.Train.Count, [.. fields], []);
    }

    private static IEnumerable<string> Names(Resolved settings) => settings.Get(Known.Context) is var text && text == None ? []
        : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct();
}
