using Bulwark.Data;

namespace Bulwark.Server.Monitoring;

/// <summary>The figures of one window after another, each beside what is usual.</summary>
internal sealed class WindowFigures(MonitorOptions options)
{
    private const int Top = 10;
    private readonly ControlChart _hitRate = new(options.History), _ndcg = new(options.History), _newUsers = new(options.History);
    private readonly ControlChart _drift = new(options.History), _activity = new(options.History), _beforeRecent = new(options.History);
    private readonly Queue<double> _recent = [];             // hit rates of the newest windows

    /// <summary>The figures of a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="number">What it is called.</param>
    /// <param name="change">What changed since those before it; null for the first.</param>
    /// <param name="training">How far it is from training.</param>
    /// <param name="isNewUser">Whether an account came first in this window.</param>
    /// <param name="isNewItem">Whether an item was taken first in this window.</param>
    public MonitorWindow Of(
        TrafficWindow window, int number, WindowChange? change, (double Divergence, Noise Noise) training, Func<int, bool> isNewUser, Func<int, bool> isNewItem)
    {
        int[] users = [.. window.Users().Select(own => own[0].User)];
        int[] counts = [.. window.Pairs.GroupBy(pair => pair.Item).Select(item => item.Count()).Order()];
        return new(
            number, window.From, window.To, window.Events, users.Length, counts.Length,
            Rate(_hitRate, window.HitRate, window.Events, -1), Recent(window), Rate(_ndcg, window.Ndcg, window.Events, -1),
            change is null ? Reading.None : Beside(_drift, change.Divergence, change.DivergenceNoise),
            new(training.Divergence, training.Noise.Mean, training.Noise.Mean + ControlChart.Width * training.Noise.Deviation),
            change is null ? Reading.None : Beside(_activity, change.Activity, change.ActivityNoise),
            Rate(_newUsers, Share(users, isNewUser), users.Length, 1), Share([.. window.Pairs.Select(pair => pair.Item)], isNewItem),
            DatasetProfile.Gini(counts), (double)counts.TakeLast(Top).Sum() / window.Pairs.Length);
    }

    /// <summary>A window of the training data: what changes from window to window is known from it, but not how well it was predicted.</summary>
    public void Remember(WindowChange? change)
    {
        if (change is null) return;
        _drift.Remember(change.DivergenceNoise.Standardize(change.Divergence));
        _activity.Remember(change.ActivityNoise.Standardize(change.Activity));
    }

    private static double Share(int[] rows, Func<int, bool> counts) => (double)rows.Count(counts) / rows.Length;

    /// <summary>The mean of the newest windows, beside those before them.</summary>
    private Reading Recent(TrafficWindow window)
    {
        _recent.Enqueue(window.HitRate);
        if (_recent.Count > options.Span) _beforeRecent.Remember(_recent.Dequeue());
        return _beforeRecent.Judge(_recent.Average(), NoiseOf(window.HitRate, window.Events), -1, _recent.Count);
    }

    /// <summary>√(p (1 − p) / n): what a share of n independent events varies by.</summary>
    private static double NoiseOf(double share, int n)
    {
        var p = (share * n + 1) / (n + 2);
        return Math.Sqrt(p * (1 - p) / n);
    }

    private static Reading Rate(ControlChart chart, double value, int n, int side)
    {
        var reading = chart.Judge(value, NoiseOf(value, n), side);
        chart.Remember(value);
        return reading;
    }

    /// <summary>A distance beside its noise, in whose deviations the band is: at least three, more where windows always differ by more than chance.</summary>
    private static Reading Beside(ControlChart chart, double value, Noise noise)
    {
        var z = noise.Standardize(value);
        var judged = chart.Judge(z, 1, 1);
        chart.Remember(z);
        return new(value, noise.Mean, noise.Mean + noise.Deviation * Math.Max(ControlChart.Width, judged.Bound));
    }
}
