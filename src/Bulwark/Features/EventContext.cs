using System.Globalization;
using Bulwark.Data;

namespace Bulwark.Features;

/// <summary>What is known of an event beside who and what: the moment, and further columns, each as a category.</summary>
public static class EventContext
{
    private const long Hour = 3600, Day = 24 * Hour;

    /// <summary>The hour of the day of each event, 0 to 23, UTC.</summary>
    /// <exception cref="ArgumentException">The events have no times.</exception>
    public static AttributeColumn Hours(Interactions events) => OfTime(events, "hour", time => Floor(time, Day) / Hour);

    /// <summary>The day of the week of each event, 0 for Sunday to 6, UTC.</summary>
    /// <exception cref="ArgumentException">The events have no times.</exception>
    public static AttributeColumn Weekdays(Interactions events) => OfTime(events, "weekday", time => Floor(time + 4 * Day, 7 * Day) / Day);    // day 0 was a Thursday

    /// <summary>The categories of a column in ordinal order; a missing entry is none.</summary>
    public static string[] Categories(AttributeColumn column) => [.. Words(column).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>A field of a column by its categories, numbered from 1; what is missing or another category is unknown.</summary>
    public static CategoryField Field(AttributeColumn column, IReadOnlyList<string> categories)
    {
        var indices = categories.Index().ToDictionary(one => one.Item, one => one.Index + 1, StringComparer.Ordinal);
        return new($"context.{column.Name}", 1 + categories.Count, Words(column).Select(word => word is null ? 0 : indices.GetValueOrDefault(word)).ToArray());
    }

    /// <summary>The row of each user's last event; −1 for who has none. (users).</summary>
    public static int[] LastRows(Interactions events)
    {
        var last = new int[events.UserCount];
        for (var user = 0; user < last.Length; user++) last[user] = events.ByUser.Rows(user) is { Length: > 0 } rows ? rows[^1] : -1;
        return last;
    }

    /// <summary>Numbers as the texts they are written as, so that a rating or a code of numbers is a category too.</summary>
    private static string?[] Words(AttributeColumn column) => column.Kind != AttributeKind.Float ? column.Texts.ToArray()
        : [.. column.Numbers.ToArray().Select(number => float.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : null)];

    private static AttributeColumn OfTime(Interactions events, string name, Func<long, long> part) => events.HasTimes
        ? new(name, [.. events.Time.ToArray().Select(time => part(time).ToString(CultureInfo.InvariantCulture))])
        : throw new ArgumentException("These events have no times, of which a context could be made.", nameof(events));

    private static long Floor(long time, long period) => (time % period + period) % period;
}
