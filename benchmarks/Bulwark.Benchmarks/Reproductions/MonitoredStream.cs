using Bulwark.Data;
using Bulwark.Generative.Streams;
using Bulwark.Models.Factorization;
using Bulwark.Server.Monitoring;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Events in time order, their rows numbered in the order in which they appear. A factorization is trained on the first and then ranks each event before it
/// learns from it, a thousand at a time, suspects left out.
/// </summary>
internal sealed class MonitoredStream
{
    private const int Chunk = 1000;
    private static readonly MatrixFactorizationOptions Shape = new(16, Deviation: 0.1f);
    private readonly Interactions _events;
    private readonly int _trained;

    /// <param name="events">What happened, with times.</param>
    /// <param name="trainedUntil">Events before this time are trained on.</param>
    public MonitoredStream(Interactions events, long trainedUntil)
    {
        _events = events.Select([.. Enumerable.Range(0, events.Count).OrderBy(row => events.Time[row])]).Compact();
        _trained = Enumerable.Range(0, _events.Count).Count(row => _events.Time[row] < trainedUntil);
    }

    /// <summary>Ids of accounts, by row.</summary>
    public Vocabulary Users => _events.Users;

    /// <summary>What the monitor says after each window, and what is observed in it.</summary>
    public IEnumerable<(MonitorReport Report, Observation[] Window)> Follow(MonitorOptions options, bool ranked, ulong seed)
    {
        var rng = new Rng(seed).Fork("monitor");
        var train = Train();
        var monitor = new TrafficMonitor(train, options, rng.Fork("noise"));
        var model = ranked ? Start(train, rng) : null;
        var (taken, window) = (new HashSet<StreamEvent>(Enumerable.Range(0, _trained).Select(Event)), new List<Observation>());
        for (var first = _trained; first < _events.Count; first += Chunk)
        {
            int[] rows = [.. Enumerable.Range(first, Math.Min(Chunk, _events.Count - first))];
            var ranks = model is null ? new int[rows.Length] : Ranks(model, rows, taken);
            foreach (var (n, row) in rows.Index())
            {
                var windows = monitor.Report().Windows;
                window.Add(new(_events.User[row], _events.Item[row], _events.Time[row], ranks[n]));
                monitor.Observe([window[^1]]);
                if (ReferenceEquals(monitor.Report().Windows, windows)) continue;
                yield return (monitor.Report(), [.. window]);
                window.Clear();
            }
            foreach (var row in rows) taken.Add(Event(row));
            var suspects = monitor.Report().Suspects.Select(suspect => suspect.User).ToHashSet();
            StreamEvent[] learned = [.. rows.Select(Event).Where(each => !suspects.Contains(each.User))];
            if (learned.Length > 0) model?.Take(learned);
        }
    }

    private StreamEvent Event(int row) => new(_events.User[row], _events.Item[row]);

    /// <summary>The first events alone, with vocabularies that hold only them: their rows come first.</summary>
    private Interactions Train()
    {
        var log = new InteractionsBuilder(hasTimes: true);
        for (var row = 0; row < _trained; row++) log.Add(_events.Users[_events.User[row]], _events.Items[_events.Item[row]], time: _events.Time[row]);
        return log.Build();
    }

    private StreamingFactorization Start(Interactions train, Rng rng)
    {
        var model = new MatrixFactorization(train.UserCount, train.ItemCount, Shape);
        var source = new TripleSource(train, 256, rng.Fork("batches"));
        var trainer = new Trainer<Triples>(source, [new("plain", 10, Objectives.Bpr(model))], new() { Rule = new Adagrad(0.05f), L2 = 0.01f, Ahead = false });
        var at = trainer.Run(model.Start(rng.Fork("start")), rng.Fork("steps")).At;
        return new(model, at, Shape, Enumerable.Range(0, _trained).Select(Event), new() { Critic = null, Generated = null }, rng.Fork("stream"));
    }

    /// <summary>The place of each event's item among those that its user had not taken; 0 for what the user had, and for items without a row.</summary>
    private int[] Ranks(StreamingFactorization model, int[] rows, HashSet<StreamEvent> taken)
    {
        using var scope = Scope.Open();
        var (p, q) = (model.At[model.Model.Users], model.At[model.Model.Items]);
        var (users, items, d) = (p.Shape[0], q.Shape[0], p.Shape[1]);
        var mean = p.SumTo((1, d)) * (1f / users);
        var scores = Tensor.Concat(0, p, mean).Rows(new Ids([.. rows.Select(row => Math.Min(_events.User[row], users))])).MatMul(q, transposeY: true).Values;
        var ranks = new int[rows.Length];
        for (var n = 0; n < rows.Length; n++)
        {
            var each = Event(rows[n]);
            if (each.Item >= items || taken.Contains(each)) continue;
            var own = scores.Slice(n * items, items);
            for (var item = 0; item < items; item++)
                if (item == each.Item || own[item] >= own[each.Item] && !taken.Contains(each with { Item = item })) ranks[n]++;
        }
        return ranks;
    }
}
