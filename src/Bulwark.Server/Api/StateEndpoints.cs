using Bulwark.Server.Live;

namespace Bulwark.Server.Api;

/// <summary>What is served, and what the monitor sees.</summary>
internal sealed class StateEndpoints(Served served, Follower follower, LiveHistories histories)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/model", () => new
        {
            name = served.Name, users = histories.Users.Count, items = histories.Items.Count, learns = follower.Learns,
            events = follower.State.Events, learned = follower.State.Learned, heldOut = follower.State.HeldOut,
        });
        routes.MapGet("/api/v1/monitor", () =>
        {
            var report = follower.Monitor.Report();
            return new
            {
                events = report.Events, openEvents = report.OpenEvents,
                windows = report.Windows.Select(window => new
                {
                    window.Number, window.From, window.To, window.Events, window.Users, window.Items, hitRate = Of(window.HitRate), ndcg = Of(window.Ndcg),
                    drift = Of(window.Drift), fromTraining = Of(window.FromTraining), newUsers = Of(window.NewUsers), window.NewItems, window.Gini, window.TopShare,
                }),
                alarms = report.Alarms.Select(alarm => new
                {
                    kind = alarm.Kind.ToString(), alarm.Window, alarm.Time, attack = alarm.IsAttack, sentence = alarm.Sentence(Item, User),
                    items = alarm.Items.Select(Item), users = alarm.Users.Select(User),
                }),
                suspects = report.Suspects.Select(suspect => new { user = User(suspect.User), suspect.Weight, suspect.Reasons }),
                surges = report.Surges.Select(surge => new { item = Item(surge.Item), surge.Accounts, surge.Expected, surge.NewShare }),
            };
        });
    }

    private string Item(int row) => histories.Items[row];

    private string User(int row) => histories.Users[row];

    /// <summary>JSON knows no NaN.</summary>
    private static object Of(Monitoring.Reading reading) => new
    {
        value = Finite(reading.Value), usual = Finite(reading.Usual), bound = Finite(reading.Bound), isOut = reading.IsOut,
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
