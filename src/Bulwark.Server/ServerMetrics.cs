using System.Diagnostics;
using System.Diagnostics.Metrics;
using Bulwark.Generative.Streams;
using Bulwark.Server.Live;
using Bulwark.Server.Monitoring;

namespace Bulwark.Server;

/// <summary>What the server tells whoever listens to its meter: <c>dotnet-counters</c>, or an OpenTelemetry collector. No ids.</summary>
internal static class ServerMetrics
{
    private static readonly Meter _meter = new("Bulwark.Server");

    private static readonly Histogram<double> _lists = _meter.CreateHistogram<double>(
        "bulwark.recommendation.duration", "s", "Time to make a list, by where it comes from");

    private static readonly Counter<long> _events = _meter.CreateCounter<long>("bulwark.events", "{event}", "Events written");

    private static readonly Counter<long> _windows = _meter.CreateCounter<long>("bulwark.updates", "{update}", "Windows that the model learned from");

    private static readonly Counter<long> _rows = _meter.CreateCounter<long>(
        "bulwark.update.rows", "{row}", "Rows that a window moved, by what the critic of drift let pass");

    private static readonly Counter<long> _alarms = _meter.CreateCounter<long>("bulwark.alarms", "{alarm}", "Alarms that the monitor raised, by kind");

    private static readonly KeyValuePair<string, object?>[] _sources =
        [.. Enum.GetValues<ListSource>().Select(source => KeyValuePair.Create<string, object?>("source", source.ToString().ToLowerInvariant()))];

    /// <summary>A list was made.</summary>
    public static RankedList Timed(Func<RankedList> make)
    {
        var start = Stopwatch.GetTimestamp();
        var list = make();
        _lists.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, _sources[(int)list.Source]);
        return list;
    }

    /// <summary>Events were written.</summary>
    public static void Written(int events) => _events.Add(events);

    /// <summary>The monitor has raised an alarm.</summary>
    public static void Raised(Alarm alarm) => _alarms.Add(1, KeyValuePair.Create<string, object?>("kind", alarm.Kind.ToString()));

    /// <summary>The model has learned.</summary>
    public static void Learned(WindowReport window)
    {
        _windows.Add(1);
        _rows.Add(window.Moved - window.Shrunk - window.Refused, KeyValuePair.Create<string, object?>("critic", "passed"));
        _rows.Add(window.Shrunk, KeyValuePair.Create<string, object?>("critic", "shrunk"));
        _rows.Add(window.Refused, KeyValuePair.Create<string, object?>("critic", "refused"));
    }
}
