using Bulwark.Data;
using Bulwark.Server.Events;

namespace Bulwark.Server.Api;

/// <summary>What a request may ask for.</summary>
internal static class Ask
{
    private const int MostLetters = 256, MostItems = 1000;
    private const long Ahead = 60;                           // seconds by which clocks may differ

    private static readonly Dictionary<string, EventKind> _kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["view"] = EventKind.View, ["read"] = EventKind.View, ["click"] = EventKind.View, ["cart"] = EventKind.Cart,
        ["buy"] = EventKind.Buy, ["purchase"] = EventKind.Buy, ["like"] = EventKind.Buy, ["star"] = EventKind.Buy, ["rate"] = EventKind.Rate,
    };

    /// <summary>How many items.</summary>
    public static int Count(int? count, int least = 1, string name = "count") => count is null ? 10
        : count >= least && count <= MostItems ? count.Value : throw Refusal.Bad($"{name} is {count}; ask for {least} to {MostItems}.");

    /// <summary>How many to leave out at the front of a list.</summary>
    public static int Offset(int? offset) => offset is null or 0 ? 0 : Count(offset, 0, "offset");

    /// <summary>An id.</summary>
    public static string Id(string? id, string what) => id switch
    {
        null or "" => throw Refusal.Bad($"The {what} is missing; give an id."),
        { Length: > MostLetters } => throw Refusal.Bad($"The id of the {what} has {id.Length} letters; at most {MostLetters} are taken."),
        _ when id.Any(char.IsControl) => throw Refusal.Bad($"The id of the {what} holds a control character; take it out."),
        _ => id,
    };

    /// <summary>An id of the address, in which slashes alone are still encoded: a decoded one would end the segment.</summary>
    public static string PathId(string id, string what) => Id(id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), what);

    /// <summary>An event.</summary>
    /// <param name="user">Who.</param>
    /// <param name="item">What.</param>
    /// <param name="kind">How; a view if nothing is said.</param>
    /// <param name="time">When, in seconds since 1970-01-01 UTC; now if nothing is said.</param>
    /// <param name="value">The rating.</param>
    /// <param name="clock">What time it is.</param>
    public static TouchEvent Event(string? user, string? item, string? kind, long? time, float? value, TimeProvider clock)
    {
        var (now, known) = (clock.GetUtcNow().ToUnixTimeSeconds(), EventKind.View);
        if (kind is not null && !_kinds.TryGetValue(kind, out known))
            throw Refusal.Bad($"'{(kind.Length > MostLetters ? kind[..MostLetters] : kind)}' is no kind of event; give one of {string.Join(", ", _kinds.Keys)}.");
        if (time < 0 || time > now + Ahead) throw Refusal.Bad($"The time {time} lies {(time < 0 ? "before 1970" : "in the future")}; give seconds since 1970-01-01 UTC.");
        if (value is { } number && !float.IsFinite(number)) throw Refusal.Bad("The value is not finite; give a number.");
        return new(Id(user, "user"), Id(item, "item"), known, time ?? now, value ?? 1);
    }
}
