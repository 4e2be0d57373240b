using Bulwark.Evaluation.Explanation;
using Bulwark.Server.Live;

namespace Bulwark.Server.Api;

/// <summary>Lists for somebody, of what goes with an item, and of what is popular.</summary>
internal sealed class ListEndpoints(Lists lists, LiveHistories histories)
{
    private const int MostReasons = 10;

    /// <summary>The body that asks for somebody who is not known.</summary>
    private sealed record Stranger(string[]? History, int? Count, int? Why);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/users/{id}/recommendations", (string id, int? count, int? why) =>
        {
            var user = histories.Users.Find(Ask.PathId(id, "user"));
            return Answer(ServerMetrics.Timed(() => lists.For(user, Ask.Count(count))), histories.Of(user), why);
        });
        routes.MapPost("/api/v1/recommendations", (Stranger asked) =>
        {
            var history = Rows(asked.History ?? throw Refusal.Bad("The history is missing; give the ids of what was touched, oldest first."));
            return Answer(ServerMetrics.Timed(() => lists.ForHistory(history, Ask.Count(asked.Count))), history, asked.Why);
        });
        routes.MapGet("/api/v1/items/{id}/similar", (string id, int? count) => Answer(Beside(id, Ask.Count(count)), [], null));
        routes.MapGet("/api/v1/popular", (int? count) => Answer(lists.Popular([], Ask.Count(count)), [], null));
        routes.MapGet("/api/v1/users/{id}/history", (string id) => new
        {
            user = histories.Users[Known(id)],
            items = histories.Of(Known(id)).Select(item => histories.Items[item]),
        });
    }

    /// <summary>The rows of known items, oldest first, each where it came last; others say nothing.</summary>
    public int[] Rows(IEnumerable<string?> ids) =>
        LiveHistories.Last([.. ids.Select(id => histories.Items.Find(Ask.Id(id, "item"))).Where(item => item >= 0)]);

    /// <summary>What goes with an item: the list of somebody who touched nothing else.</summary>
    public RankedList Beside(string id, int count)
    {
        var item = histories.Items.Find(Ask.PathId(id, "item"));
        return item >= 0 ? ServerMetrics.Timed(() => lists.ForHistory([item], count))
            : throw Refusal.Unknown($"There is no item '{id}'; give an id of training or of an event.");
    }

    private int Known(string id) => histories.Users.Find(Ask.PathId(id, "user")) is >= 0 and var user ? user
        : throw Refusal.Unknown($"There is no user '{id}'; give an id of training or of an event.");

    private object Answer(RankedList list, int[] history, int? why)
    {
        if (why is < 0 or > MostReasons) throw Refusal.Bad($"why is {why}; ask for 0 to {MostReasons} reasons.");
        var reasons = why > 0 && list.Source != ListSource.Popularity ? lists.Reasons(history, list.Items) : null;
        return new
        {
            source = list.Source switch { ListSource.Known => "known user", ListSource.FoldIn => "fold-in", _ => "popularity" },
            items = list.Items.Select((item, n) => reasons is null ? (object)new { item = histories.Items[item], score = list.Scores[n] }
                : new { item = histories.Items[item], score = list.Scores[n], why = Named(reasons[n], why!.Value) }),
        };
    }

    private IEnumerable<string> Named(IReadOnlyList<Reason> reasons, int most) =>
        reasons.Where(reason => reason.Effect > 0).Take(most).Select(reason => histories.Items[reason.Item]);
}
