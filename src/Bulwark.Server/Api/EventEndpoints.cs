using System.Text.Json;
using Bulwark.Server.Events;

namespace Bulwark.Server.Api;

/// <summary>Events come in; what is answered to is on disk.</summary>
internal sealed class EventEndpoints(EventLog log, TimeProvider clock)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    /// <summary>An event as callers write it.</summary>
    private sealed record Given(string? User, string? Item, string? Kind, long? Time, float? Value);

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/events", async (JsonElement body) =>
    {
        TouchEvent[] events = [.. Read(body).Select(one => Ask.Event(one.User, one.Item, one.Kind, one.Time, one.Value, clock))];
        return new { accepted = await Write(events).ConfigureAwait(false) };
    });

    /// <summary>Writes events and says how many.</summary>
    public async Task<int> Write(TouchEvent[] events)
    {
        if (events.Length == 0) return 0;
        await log.Append(events).ConfigureAwait(false);
        ServerMetrics.Written(events.Length);
        return events.Length;
    }

    private static Given[] Read(JsonElement body)
    {
        try
        {
            Given?[] all = body.ValueKind == JsonValueKind.Array ? body.Deserialize<Given?[]>(_json)! : [body.Deserialize<Given>(_json)];
            return [.. all.Select(one => one ?? throw NoEvent("null"))];
        }
        catch (JsonException json)
        {
            throw NoEvent(json.Path ?? "its beginning");
        }

        static Refusal NoEvent(string where) => Refusal.Bad($"This is no event, see {where}; send {{\"user\": \"…\", \"item\": \"…\"}}, or a list of such.");
    }
}
