using System.Globalization;
using Bulwark.Server.Live;

namespace Bulwark.Server.Api;

/// <summary>The paths that clients of Gorse know: feedback in, lists out, in their words.</summary>
internal sealed class GorseEndpoints(ListEndpoints lists, EventEndpoints events, Lists ranked, LiveHistories histories, TimeProvider clock)
{
    /// <summary>An event in Gorse's words.</summary>
    private sealed record Feedback(string? FeedbackType, string? UserId, string? ItemId, string? Timestamp, float? Value);

    /// <summary>An item of a list in Gorse's words.</summary>
    private sealed record Scored(string Id, float Score);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/api/feedback", ["POST", "PUT"], async (Feedback[] all) =>
            GorseJson.Of(new { RowAffected = await events.Write([.. all.Select(Event)]).ConfigureAwait(false) }));
        routes.MapGet("/api/recommend/{user}", (string user, int? n, int? offset) =>
        {
            var row = histories.Users.Find(Ask.PathId(user, "user"));
            return GorseJson.Of(Part(n, offset, count => ServerMetrics.Timed(() => ranked.For(row, count))).Select(one => one.Id));
        });
        routes.MapPost("/api/session/recommend", (Feedback[] session, int? n, int? offset) =>
        {
            var history = lists.Rows(session.Select(one => one.ItemId));
            return GorseJson.Of(Part(n, offset, count => ServerMetrics.Timed(() => ranked.ForHistory(history, count))));
        });
        routes.MapGet("/api/item/{item}/neighbors", (string item, int? n, int? offset) => GorseJson.Of(Part(n, offset, count => lists.Beside(item, count))));
        routes.MapGet("/api/popular", (int? n, int? offset) => GorseJson.Of(Part(n, offset, count => ranked.Popular([], count))));
    }

    private IEnumerable<Scored> Part(int? n, int? offset, Func<int, RankedList> list)
    {
        var (count, first) = (Ask.Count(n, 1, "n"), Ask.Offset(offset));
        var all = list(first + count);
        return all.Items.Zip(all.Scores, (item, score) => new Scored(histories.Items[item], score)).Skip(first);
    }

    private Events.TouchEvent Event(Feedback one) => Ask.Event(one.UserId, one.ItemId, one.FeedbackType, Seconds(one.Timestamp), one.Value, clock);

    private static long? Seconds(string? timestamp) => timestamp is null or "" ? null
        : DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeSeconds()
        : throw Refusal.Bad("Timestamp is no time; give one as 2026-01-31T12:00:00Z.");
}
