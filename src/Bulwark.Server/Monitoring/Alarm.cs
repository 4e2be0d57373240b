using System.Globalization;
using static Bulwark.Evaluation.ReportNumber;

namespace Bulwark.Server.Monitoring;

/// <summary>What an alarm is about.</summary>
public enum AlarmKind
{
    /// <summary>Lists contain what is taken less often than usual.</summary>
    HitRate,

    /// <summary>What is taken differs from the windows just before.</summary>
    Drift,

    /// <summary>What is taken has been unlike training for several windows.</summary>
    Stale,

    /// <summary>Items are taken by many more accounts than their past lets expect.</summary>
    Surge,

    /// <summary>Such items, and those who take them are new.</summary>
    NewAccounts,

    /// <summary>Such items, and those who take them take hardly anything else.</summary>
    Devoted,

    /// <summary>Accounts take the same things together.</summary>
    InStep,

    /// <summary>Such items have entered the lists: the surge has had its effect.</summary>
    RankLift,
}

/// <summary>Something that somebody should look at, raised once when it begins.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Window">The number of the window that showed it.</param>
/// <param name="Time">The time of that window's latest event, in seconds since 1970-01-01 UTC.</param>
/// <param name="Reading">The figure that is out of the ordinary: of the first item, where items are named.</param>
/// <param name="Items">Rows of the items it is about, the most striking first.</param>
/// <param name="Users">Rows of the accounts it is about, ascending.</param>
public sealed record Alarm(AlarmKind Kind, int Window, long Time, Reading Reading, IReadOnlyList<int> Items, IReadOnlyList<int> Users)
{
    private const int MostNames = 3;

    /// <summary>Whether somebody may be at work: accounts look as if they were of one hand.</summary>
    public bool IsAttack => Kind is AlarmKind.NewAccounts or AlarmKind.Devoted or AlarmKind.InStep;

    /// <summary>What is wrong, and what to do.</summary>
    /// <param name="item">The id of an item's row.</param>
    /// <param name="user">The id of a user's row.</param>
    public string Sentence(Func<int, string> item, Func<int, string> user) => $"{What(item, user)}; {Remedy}.";

    private string What(Func<int, string> item, Func<int, string> user) => Kind switch
    {
        AlarmKind.HitRate => Invariant($"HR@10 is {Reading.Value:F3} where {Reading.Usual:F3} is usual and {Reading.Bound:F3} the least"),
        AlarmKind.Drift => Invariant(
            $"What is taken has moved by {Reading.Value:F3} bits since the windows before, above all to {Names(Items, item)}, where {Reading.Bound:F3} is the most by chance"),
        AlarmKind.Stale => Invariant($"What is taken is {Reading.Value:F3} bits from training, where {Reading.Bound:F3} is the most by chance"),
        AlarmKind.Surge => Invariant($"{Names(Items, item)} {Surges} taken by {Reading.Value:F0} accounts where {Reading.Usual:F1} were expected{First}"),
        AlarmKind.NewAccounts => $"{Names(Items, item)} {Surges} taken by new accounts ({Share}): {Names(Users, user)}",
        AlarmKind.Devoted => $"{Names(Items, item)} {Surges} taken by accounts that take hardly anything else ({Share}): {Names(Users, user)}",
        AlarmKind.InStep => Invariant($"{Users.Count} accounts act in step, {Names(Users, user)}{On(item)}"),
        _ => $"{Names(Items, item)} stood in the lists of {Share}{First}",
    };

    private string Remedy => Kind switch
    {
        AlarmKind.HitRate => "look at the newest update and go back to the model before it, or update with the newest events",
        AlarmKind.Drift => "see whether a campaign, a season or the catalog explains it, and update with the newest events if so",
        AlarmKind.Stale => "train again with the newest events",
        AlarmKind.Surge => "see whether a campaign explains it, and hold its events out of updates if nothing does",
        AlarmKind.RankLift => "go back to the model before these windows unless the demand is real, and update without the suspects",
        _ => "hold them out of updates until somebody has looked at them",
    };

    private string Share => $"{Percent(Reading.Value)} of those who took {It}, where {Percent(Reading.Usual)} is usual";

    private string Surges => Items.Count == 1 ? "was" : "were";

    private string It => Items.Count == 1 ? "it" : "them";

    private string First => Items.Count == 1 ? "" : " for the first of them";

    private string On(Func<int, string> item) => Items.Count == 0 ? "" : $", on {Names(Items, item)}";

    private static string Names(IReadOnlyList<int> rows, Func<int, string> name)
    {
        var named = string.Join(", ", rows.Take(MostNames).Select(row => $"'{name(row)}'"));
        return rows.Count <= MostNames ? named : $"{named} and {rows.Count - MostNames} more";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
