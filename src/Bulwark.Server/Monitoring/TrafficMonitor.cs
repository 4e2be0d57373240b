using System.Runtime.InteropServices;
using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Server.Monitoring;

/// <summary>
/// Watches what a serving recommender sees: how well it predicts, what is taken and by whom, and whether somebody is at work. Events are cut into windows
/// (<see cref="MonitorOptions.WindowEvents"/>); each is judged when it is over. One thread may observe while others read reports.
/// </summary>
/// <remarks>
/// Memory: the events of the last windows, and some bytes for each row of users and items. Work: amortized over the events of a window, a constant each and
/// a few operations for each known item in a window; it is done when the window's last event comes.
/// </remarks>
public sealed class TrafficMonitor
{
    private const int MostWindows = 200, MostAlarms = 200;
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeSeconds(), Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
    private readonly MonitorOptions _options;
    private readonly TrainingPopularity _training;
    private readonly WindowFigures _figures;
    private readonly ItemPast _past;
    private readonly SurgeSearch _surges;
    private readonly AlarmBook _alarms;
    private readonly SuspectBook _suspects;
    private readonly FirstSeen _users = new(), _items = new();
    private readonly List<Observation> _open = [];
    private readonly Queue<TrafficWindow> _span = [];
    private readonly Rng _rng;
    private int _next, _first = int.MaxValue;                // numbers of the next window, and of the first after training
    private MonitorReport _present = MonitorReport.Empty;    // the writer's
    private MonitorReport _report = MonitorReport.Empty;

    /// <summary>A monitor that has seen training alone. Where training has times, its last windows say what is usual for a start.</summary>
    /// <param name="train">What the served model was trained on; with repeated events, if those that are observed repeat.</param>
    /// <param name="options">How traffic is cut and judged.</param>
    /// <param name="rng">Draws the noise that figures are held against.</param>
    /// <exception cref="ArgumentException">Training is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option makes no sense.</exception>
    public TrafficMonitor(Interactions train, MonitorOptions options, Rng rng)
    {
        options.Check();
        if (train.Count == 0) throw new ArgumentException("There is nothing to compare traffic with: give what the model was trained on.", nameof(train));
        (_options, _rng) = (options, rng);
        (_training, _figures, _past) = (new(train, rng.Fork("training")), new(options), new(options.History));
        (_surges, _alarms, _suspects) = (new(options), new(options), new(options.History));
        Start(train);
        Publish();
    }

    /// <summary>Takes events in the order in which they came, and judges the windows that end with them.</summary>
    /// <exception cref="ArgumentException">A row or a rank is negative, or a time outside the calendar; then none of the events is taken.</exception>
    public void Observe(ReadOnlySpan<Observation> events)
    {
        foreach (var each in events)
            if (each.User < 0 || each.Item < 0 || each.Rank < 0 || each.Time < Earliest || each.Time > Latest)
                throw new ArgumentException($"{each} is no event: rows and ranks are not negative, and times are seconds since 1970.", nameof(events));
        foreach (var each in events) Take(each, Judge);
        _present = _present with { Events = _present.Events + events.Length };
        Publish();
    }

    /// <summary>What has been seen up to now.</summary>
    public MonitorReport Report() => Volatile.Read(ref _report);

    private void Publish()
    {
        _present = _present with { OpenEvents = _open.Count, Users = _users.Count, Items = _items.Count };
        Volatile.Write(ref _report, _present);
    }

    /// <summary>The earlier part of training is the past; the later goes through the windows, so that there is something usual to begin with.</summary>
    private void Start(Interactions train)
    {
        const int before = int.MinValue;
        var windows = train.HasTimes ? Math.Min(_options.History + _options.Span, train.Count / 2 / _options.WindowEvents) : 0;
        int[] rows = [.. Enumerable.Range(0, train.Count)];
        if (train.HasTimes) rows = [.. rows.OrderBy(row => train.Time[row])];
        var past = rows[..^(windows * _options.WindowEvents)];
        foreach (var row in past)
        {
            _users.Meet(train.User[row], before);
            _items.Meet(train.Item[row], before);
        }
        _past.Start(train.Select(past).ItemCounts(), Math.Min(past.Length, _options.History * _options.WindowEvents));
        foreach (var row in rows[past.Length..]) Take(new(train.User[row], train.Item[row], train.Time[row], 0), Remember);
        _open.Clear();
        _first = _next;
    }

    private void Take(Observation each, Action<TrafficWindow> judge)
    {
        if (_open.Count > 0 && each.Time - _open[0].Time >= (long)_options.WindowTime.TotalSeconds) Close(judge);
        _open.Add(each);
        if (_open.Count == _options.WindowEvents) Close(judge);
    }

    private void Close(Action<TrafficWindow> judge)
    {
        var window = new TrafficWindow(_next++, CollectionsMarshal.AsSpan(_open));
        _open.Clear();
        foreach (var pair in window.Pairs)
        {
            _users.Meet(pair.User, window.Number);
            _items.Meet(pair.Item, window.Number);
        }
        _span.Enqueue(window);
        if (_span.Count > _options.Span) Leave(_span.Dequeue());
        judge(window);
    }

    private void Leave(TrafficWindow window) => _past.Add(window, user => !_suspects.Contains(user), ranked: window.Number >= _first);

    private WindowChange? Change(TrafficWindow window) => _span.Count < 2 ? null : WindowChange.Of([.. _span], _rng.Fork("change").Fork(window.Number));

    private bool IsFresh(int item, TrafficWindow now) => _items.IsSince(item, now.Number - _options.History);

    private void Remember(TrafficWindow window)
    {
        _figures.Remember(Change(window));
        _surges.In(new(_span), _past, _ => false, item => IsFresh(item, window));
    }

    private void Judge(TrafficWindow window)
    {
        var (change, now, oldest) = (Change(window), window.Number, _span.Peek().Number);
        var figures = _figures.Of(window, now - _first, change, _training.Of(window), user => _users.IsSince(user, now), item => _items.IsSince(item, now));
        var span = new TrafficSpan(_span);
        var surges = _surges.In(span, _past, user => _users.IsSince(user, oldest), item => IsFresh(item, window));
        var steps = StepSearch.In(span, surges.Candidates, _options.FalseAlarms);
        var crowds = Crowd.Of(span, surges.Surging, user => _users.IsSince(user, oldest), _options.FalseAlarms);
        _suspects.Add(figures.Number, steps, crowds);
        var alarms = _alarms.Raise(figures, change?.Moved ?? [], surges.Surging, steps, crowds);
        _present = _present with
        {
            Windows = [.. _present.Windows.TakeLast(MostWindows - 1), figures],
            Alarms = [.. _present.Alarms.Concat(alarms).TakeLast(MostAlarms)],
            Suspects = _suspects.All,
            Surges = surges.Surging,
        };
    }
}
