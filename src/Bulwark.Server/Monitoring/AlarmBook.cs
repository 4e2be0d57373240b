namespace Bulwark.Server.Monitoring;

/// <summary>Which alarms stand, so that each is raised when it begins, and again only after a span of windows without a reason.</summary>
internal sealed class AlarmBook(MonitorOptions options)
{
    private readonly Dictionary<(AlarmKind Kind, int Row), int> _named = [];      // by the last window that named the row
    private int _unlikeTraining;

    /// <summary>The alarms that begin with a window.</summary>
    public IEnumerable<Alarm> Raise(MonitorWindow window, int[] moved, IReadOnlyList<Surge> surges, StepsFound steps, IReadOnlyList<Crowd> crowds)
    {
        foreach (var old in _named.Where(named => window.Number - named.Value > options.Span).Select(named => named.Key).ToArray()) _named.Remove(old);
        _unlikeTraining = window.FromTraining.IsOut ? _unlikeTraining + 1 : 0;
        var hitRate = window.HitRate.IsOut ? window.HitRate : window.RecentHitRate;
        Alarm?[] all =
        [
            Begins(AlarmKind.HitRate, hitRate.IsOut, window, hitRate, []),
            Begins(AlarmKind.Drift, window.Drift.IsOut, window, window.Drift, moved),
            Begins(AlarmKind.Stale, _unlikeTraining >= options.Span, window, window.FromTraining, []),
            Of(AlarmKind.Surge, window, [.. surges.Select(surge => (surge.Item, new Reading(surge.Accounts, surge.Expected, surge.Expected)))], []),
            Of(AlarmKind.NewAccounts, window, crowds),
            Of(AlarmKind.Devoted, window, crowds),
            InStep(window, steps),
            Of(AlarmKind.RankLift, window, [.. surges.Where(surge => IsLifted(surge, surges.Count))
                .Select(surge => (surge.Item, new Reading(surge.ListedShare, surge.ListedBefore, surge.ListedBefore)))], []),
        ];
        return all.OfType<Alarm>();
    }

    private Alarm? Begins(AlarmKind kind, bool stands, MonitorWindow window, Reading reading, int[] items) =>
        stands && BeginsWith(kind, 0, window.Number) ? new(kind, window.Number, window.To, reading, items, []) : null;

    private Alarm? Of(AlarmKind kind, MonitorWindow window, IReadOnlyList<Crowd> crowds)
    {
        Crowd[] own = [.. crowds.Where(crowd => crowd.Kind == kind)];
        return Of(kind, window, [.. own.Select(crowd => (crowd.Item, crowd.Share))], [.. own.SelectMany(crowd => crowd.Users).Distinct().Order()]);
    }

    private Alarm? Of(AlarmKind kind, MonitorWindow window, (int Item, Reading Reading)[] items, int[] users)
    {
        var begins = items.Where(item => BeginsWith(kind, item.Item, window.Number)).ToArray();
        return begins.Length == 0 ? null : new(kind, window.Number, window.To, begins[0].Reading, [.. begins.Select(item => item.Item)], users);
    }

    private Alarm? InStep(MonitorWindow window, StepsFound steps)
    {
        var begins = steps.Users.Count(user => BeginsWith(AlarmKind.InStep, user.Key, window.Number));
        return begins == 0 ? null
            : new(AlarmKind.InStep, window.Number, window.To, new(steps.Users.Count, 0, 0), steps.Items, [.. steps.Users.Keys.Order()]);
    }

    /// <summary>Whether no window of the span before has named it.</summary>
    private bool BeginsWith(AlarmKind kind, int row, int window)
    {
        var begins = !_named.TryGetValue((kind, row), out var last) || window - last > options.Span;
        _named[(kind, row)] = window;
        return begins;
    }

    /// <summary>P(Bin(n, listed before) ≥ listed) ≤ α / items, for a crowd.</summary>
    private bool IsLifted(Surge surge, int items)
    {
        var listed = (int)Math.Round(surge.ListedShare * surge.Accounts);
        return listed >= StepSearch.LeastAccounts && Binomial.AtLeast(listed, surge.Accounts, surge.ListedBefore) <= options.FalseAlarms / items;
    }
}
