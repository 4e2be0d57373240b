using System.Text.Json;
using System.Text.Json.Serialization;
using Bulwark.Data;

namespace Bulwark.Server.Events;

/// <summary>A line of the log: an event, or how many events the model had learned from when it learned last.</summary>
internal sealed record LogLine
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public string? User { get; init; }

    public string? Item { get; init; }

    public EventKind? Kind { get; init; }

    public long? Time { get; init; }

    public float? Value { get; init; }

    /// <summary>Events learned from; null in the line of an event.</summary>
    public long? Learned { get; init; }

    public static LogLine Of(TouchEvent each) => new()
    {
        User = each.User, Item = each.Item, Kind = each.Kind, Time = each.Time, Value = each.Kind == EventKind.Rate ? each.Value : null,
    };

    /// <summary>The event; null in a line that has none.</summary>
    [JsonIgnore]
    public TouchEvent? Event => this is { User: { } user, Item: { } item, Kind: { } kind, Time: { } time } ? new(user, item, kind, time, Value ?? 1) : null;

    /// <summary>One line of JSON without its end.</summary>
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, _json);

    /// <summary>The line; null if it is none.</summary>
    public static LogLine? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize<LogLine>(utf8, _json) is { } line && (line.Learned is > 0 ^ line.Event is not null) ? line : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
