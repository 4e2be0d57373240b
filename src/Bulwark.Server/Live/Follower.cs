using System.Threading.Channels;
using Bulwark.Generative.Streams;
using Bulwark.Models;
using Bulwark.Server.Monitoring;
using Bulwark.Tensors;

namespace Bulwark.Server.Live;

/// <summary>
/// Goes through the events in the order of the log: each is ranked by the list that its user had before, and watched; once the monitor has judged a window, a
/// factorization learns from it, without what suspects did, and its new state then answers. One thread does all of it, so that the same log gives the same model.
/// </summary>
internal sealed class Follower
{
    private const int Cutoff = 10, MostWaiting = 1 << 14;    // events that may wait before writers do
    private readonly Lists _lists;
    private readonly ServerOptions _options;
    private readonly StreamingFactorization? _stream;
    private readonly Popularity _popularity;
    private readonly List<StreamEvent> _window = [];
    private readonly Channel<Touch> _waiting = Channel.CreateBounded<Touch>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private long _events;
    private volatile FollowerState _state = new(0, 0, 0);
    private volatile bool _isBroken;

    public Follower(Served served, Lists lists, ServerOptions options)
    {
        (_lists, _options) = (lists, options);
        Monitor = new TrafficMonitor(served.Train, options.Monitor, new Rng(options.Seed).Fork("monitor"));
        _popularity = new(served.Train.UserCount, served.Train.ItemCounts());
        if (served.Factorization is not { } start) return;
        var past = Enumerable.Range(0, served.Train.Count).Select(row => new StreamEvent(served.Train.User[row], served.Train.Item[row]));
        _stream = new(start.Model, Copy(start.At), start.Options, past, options.Stream, new Rng(options.Seed).Fork("stream"));
    }

    /// <summary>What watches.</summary>
    public TrafficMonitor Monitor { get; }

    /// <summary>How far it is.</summary>
    public FollowerState State => _state;

    /// <summary>Whether the model learns.</summary>
    public bool Learns => _stream is not null;

    /// <summary>Whether it has failed, and nobody goes through what comes any more.</summary>
    public bool IsBroken => _isBroken;

    /// <summary>One more event waits; if too many do, so does the caller. What comes after a failure is gone through at the next start.</summary>
    public void Add(Touch touch)
    {
        if (IsBroken || _waiting.Writer.TryWrite(touch)) return;
        try
        {
            _waiting.Writer.WriteAsync(touch).AsTask().GetAwaiter().GetResult();
        }
        catch (ChannelClosedException) when (IsBroken)
        {
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    /// <summary>An event of the log as it was gone through before.</summary>
    public void Replay(Touch touch, bool learned)
    {
        Watch(touch);
        if (learned) Learn();
    }

    /// <summary>Goes through what comes until nothing more does.</summary>
    /// <param name="learned">Is told, each time the model has learned, from how many events in all.</param>
    public async Task Run(Action<long> learned)
    {
        try
        {
            await Follow(learned).ConfigureAwait(false);
        }
        catch
        {
            _isBroken = true;
            _waiting.Writer.TryComplete();                   // writers do not wait for ever
            throw;
        }
    }

    private async Task Follow(Action<long> learned)
    {
        var (due, judged) = (_options.Time.GetUtcNow() + _options.LearnTime, LastWindow);       // alarms of the log were counted when they were raised
        while (await Comes(due - _options.Time.GetUtcNow()).ConfigureAwait(false) is { } comes)
        {
            while (comes && LastWindow == judged && _waiting.Reader.TryRead(out var touch)) Watch(touch);
            var isOver = LastWindow > judged;
            if (isOver)
            {
                foreach (var alarm in Monitor.Report().Alarms.Where(alarm => alarm.Window > judged)) ServerMetrics.Raised(alarm);
                judged = LastWindow;
            }
            if (!isOver && _options.Time.GetUtcNow() < due) continue;
            due = _options.Time.GetUtcNow() + _options.LearnTime;
            if (_window.Count == 0) continue;
            Learn();
            learned(_events);
        }
    }

    private int LastWindow => Monitor.Report().Windows is [.., var last] ? last.Number : -1;

    /// <summary>Whether something has come within the time; null when nothing more will.</summary>
    private async Task<bool?> Comes(TimeSpan wait)
    {
        if (!Learns) return await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false) ? true : null;
        using var over = new CancellationTokenSource(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _options.Time);
        try
        {
            return await _waiting.Reader.WaitToReadAsync(over.Token).ConfigureAwait(false) ? true : null;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Watch(Touch touch)
    {
        var list = _lists.Before(touch, Cutoff);
        Monitor.Observe([new(touch.User, touch.Item, touch.Time, Array.IndexOf(list.Items, touch.Item) + 1)]);
        if (Learns) _window.Add(new(touch.User, touch.Item));
        _state = _state with { Events = ++_events };
    }

    private void Learn()
    {
        if (_stream is null) return;
        var suspects = Monitor.Report().Suspects.Select(suspect => suspect.User).ToHashSet();
        StreamEvent[] trusted = [.. _window.Where(each => !suspects.Contains(each.User))];
        _state = _state with { Learned = _events, HeldOut = _state.HeldOut + _window.Count - trusted.Length };
        _window.Clear();
        if (trusted.Length == 0) return;
        var report = _stream.Take(trusted);
        ServerMetrics.Learned(report);
        _lists.Learned(new PointRecommender(_stream.Model, Copy(_stream.At), _popularity), trusted.Select(each => each.User));
    }

    /// <summary>The same values in memory of their own: those of the stream move.</summary>
    private static Point Copy(Point at) => at.Map(static (_, value) => Tensor.Of(value.Shape, value.Values.ToArray()).Keep());
}
