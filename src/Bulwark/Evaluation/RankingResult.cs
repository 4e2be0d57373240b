namespace Bulwark.Evaluation;

/// <summary>What a protocol measured: a value for each user and metric, which paired tests need, and the means, which tables show.</summary>
public sealed class RankingResult : IFigures
{
    private readonly Dictionary<string, double[]> _perUser = [];
    private readonly OrderedDictionary<string, double> _means = [];

    internal RankingResult(
        string protocol, int[] users, IReadOnlyList<Metric> metrics, double[][] values, IReadOnlyList<ListMetric> listMetrics, Recommendations? lists)
    {
        (Protocol, Users) = (protocol, users);
        foreach (var (metric, perUser) in metrics.Zip(values))
        {
            _perUser.Add(metric.Name, perUser);
            _means.Add(metric.Name, perUser.Average());
        }
        foreach (var metric in listMetrics) _means.Add(metric.Name, metric.Score(lists!));
    }

    /// <summary>How it was measured; a sampled protocol says so here.</summary>
    public string Protocol { get; }

    /// <summary>Who was measured, in the order of <see cref="PerUser"/>.</summary>
    public IReadOnlyList<int> Users { get; }

    /// <summary>Users without a test item to find: they are in no mean.</summary>
    public int SkippedUsers { get; internal init; }

    /// <summary>Test items dropped because the user has them in training, so that they are no candidates.</summary>
    public int SeenTestItems { get; internal init; }

    /// <summary>The mean over users of each metric and the value of each list metric, by name, in the order asked for.</summary>
    public IReadOnlyDictionary<string, double> Means => _means;

    /// <summary>The mean over users of a metric, or the value of a list metric.</summary>
    /// <exception cref="KeyNotFoundException">It was not measured.</exception>
    public double this[string metric] => _means.TryGetValue(metric, out var mean) ? mean : throw Missing(metric, _means.Keys);

    /// <summary>A metric's value for each user of <see cref="Users"/>.</summary>
    /// <exception cref="KeyNotFoundException">The metric was not measured, or has no value for a single user.</exception>
    public ReadOnlySpan<double> PerUser(string metric) => _perUser.TryGetValue(metric, out var values) ? values : throw Missing(metric, _perUser.Keys);

    internal static KeyNotFoundException Missing(string metric, IEnumerable<string> names) =>
        new($"There is no value of '{metric}'. Measured here: {string.Join(", ", names)}.");
}
