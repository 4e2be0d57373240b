using System.Globalization;
using System.Text;
using Bulwark.Server.Dashboard;
using Bulwark.Server.Live;

namespace Bulwark.Server.Api;

/// <summary>The dashboard: one page without scripts or other files.</summary>
internal sealed class DashboardEndpoint(Served served, Follower follower, LiveHistories histories)
{
    public const string Path = "/";

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, () =>
    {
        using var page = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        DashboardPage.Write(State(), page);
        return Results.Text(page.ToString(), "text/html", Encoding.UTF8);
    });

    private DashboardState State()
    {
        var state = follower.State;
        return new(
            $"Bulwark: {served.Name}",
            [
                new("Model", served.Name), new("Users", Number(histories.Users.Count)), new("Items", Number(histories.Items.Count)),
                new("Events since training", Number(state.Events)),
                new("Learned from", follower.Learns
                    ? $"{Number(state.Learned - state.HeldOut)} events; {Number(state.HeldOut)} of suspects were held out" : "none: histories are folded in"),
            ],
            follower.Monitor.Report(), item => histories.Items[item], user => histories.Users[user]);
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
