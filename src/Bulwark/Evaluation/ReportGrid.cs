namespace Bulwark.Evaluation;

/// <summary>Rows laid out for reading: their models, metrics and attacks in order, and the row of each cell.</summary>
internal sealed class ReportGrid
{
    private readonly Dictionary<(string Model, string Attack, double Epsilon, string Metric), ReportRow> _cells = [];
    private readonly ILookup<string, ReportRow> _byMetric;
    private readonly Dictionary<string, int> _decimals;

    public ReportGrid(IReadOnlyList<ReportRow> rows)
    {
        foreach (var row in rows)
            if (!_cells.TryAdd((row.Model, row.Attack, row.Epsilon, row.Metric), row))
                throw new ArgumentException($"Two rows give {row.Metric} of {row.Model} under {row.Attack}{ReportNumber.AtEpsilon(row.Epsilon)}. " +
                    "Join runs with Report.Merge, which keeps them apart.");
        _byMetric = rows.ToLookup(row => row.Metric);
        _decimals = _byMetric.ToDictionary(group => group.Key, group => ReportNumber.Decimals(group.Select(row => row.Value)));
        Models = [.. rows.Select(row => row.Model).Distinct()];
        Metrics = [.. _byMetric.Select(group => group.Key)];
        var attacks = rows.Select(row => row.Attack).Distinct().ToList();
        Points = [.. rows.Select(row => (row.Attack, row.Epsilon)).Distinct()
            .OrderBy(point => IsClean(point.Attack) ? -1 : attacks.IndexOf(point.Attack)).ThenBy(point => point.Epsilon)];
    }

    public IReadOnlyList<string> Models { get; }

    public IReadOnlyList<string> Metrics { get; }

    /// <summary>Attacks with their budgets: clean first, then in order of appearance, then by ε.</summary>
    public IReadOnlyList<(string Attack, double Epsilon)> Points { get; }

    public ReportRow? Find(string model, string attack, double epsilon, string metric) =>
        _cells.GetValueOrDefault((model, attack, epsilon, metric));

    public ReportRow? Clean(string model, string metric) => _byMetric[metric].FirstOrDefault(row => row.IsClean && row.Model == model);

    public IEnumerable<ReportRow> Of(string metric) => _byMetric[metric];

    /// <summary>Decimals for every number of a metric.</summary>
    public int Decimals(string metric) => _decimals[metric];

    public static bool IsClean(string attack) => attack is ReportRow.Clean or "none" or "";
}
