using Bulwark.Evaluation;
using Bulwark.Server.Monitoring;

namespace Bulwark.Server.Dashboard;

/// <summary>What the dashboard shows.</summary>
/// <param name="Title">The server's name.</param>
/// <param name="Facts">The state of the server: model, events, users, items, updates.</param>
/// <param name="Report">What the monitor has seen.</param>
/// <param name="Item">The id of an item's row.</param>
/// <param name="User">The id of a user's row.</param>
public sealed record DashboardState(string Title, IReadOnlyList<ReportFact> Facts, MonitorReport Report, Func<int, string> Item, Func<int, string> User)
{
    /// <summary>After which time the page loads itself again; null for never.</summary>
    public TimeSpan? Refresh { get; init; } = TimeSpan.FromSeconds(30);
}
