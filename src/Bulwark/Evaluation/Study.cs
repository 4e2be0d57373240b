using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Evaluation;

/// <summary>What a study has come to.</summary>
/// <param name="Seed">The seed under way.</param>
/// <param name="Model">The model.</param>
/// <param name="Attack">The attack and its radius.</param>
public sealed record StudyProgress(ulong Seed, string Model, string Attack);

/// <summary>
/// Models × attacks × ε × seeds. Every model is first judged clean; then each attack moves its tables, all at once, uphill on the loss over
/// training examples, the move is measured on the test part, and means, deviations and paired tests come out.
/// </summary>
public sealed class Study
{
    private const string None = "none";
    private readonly Func<IModel, Point, CancellationToken, IFigures> _judge;
    private readonly IReadOnlyList<StudyAttack> _attacks;
    private readonly string[] _metrics;
    private readonly bool _errors;                           // less is better
    private readonly Dictionary<Cell, List<(ulong Seed, IFigures Result)>> _cells = [];
    private readonly List<Cell> _order = [];
    private readonly Dictionary<(string Model, string Table), List<double>> _norms = [];

    private readonly record struct Cell(string Model, string Attack, float Epsilon);

    /// <summary>A study of rankings.</summary>
    /// <param name="task">What judges.</param>
    /// <param name="attacks">What moves the tables.</param>
    /// <param name="metrics">What is reported.</param>
    public Study(RankingTask task, IReadOnlyList<StudyAttack> attacks, IReadOnlyList<Metric> metrics)
    {
        (_attacks, _metrics) = (attacks, [.. metrics.Select(metric => metric.Name)]);
        _judge = (model, at, cancel) => task.Judge(new PointRecommender(model, at, task.Popularity), metrics, cancel);
    }

    /// <summary>A study of predicted ratings, whose errors are reported. Its models score pairs.</summary>
    /// <param name="task">What judges.</param>
    /// <param name="attacks">What moves the tables.</param>
    public Study(RatingTask task, IReadOnlyList<StudyAttack> attacks)
    {
        (_attacks, _metrics, _errors) = (attacks, [.. RatingTask.Errors], true);
        _judge = (model, at, cancel) => task.Judge((IPairModel)model, at, cancel);
    }

    /// <summary>Judges a model clean and under every attack.</summary>
    public void Add(Contender contender, ulong seed, IProgress<StudyProgress>? progress = null, CancellationToken cancel = default)
    {
        foreach (var table in contender.Model.Tables)
        {
            if (!_norms.TryGetValue((contender.Name, table.Name), out var norms)) _norms[(contender.Name, table.Name)] = norms = [];
            norms.Add(contender.At[table].MeanRowNorm());
        }
        progress?.Report(new StudyProgress(seed, contender.Name, None));
        Record(new Cell(contender.Name, None, 0), seed, _judge(contender.Model, contender.At, cancel));
        foreach (var attack in _attacks)
        {
            foreach (var epsilon in attack.Epsilons)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new StudyProgress(seed, contender.Name, $"{attack.Name} ε {epsilon:G3}"));
                Record(new Cell(contender.Name, attack.Name, epsilon), seed, _judge(contender.Model, Moved(contender, attack, epsilon, seed), cancel));
            }
        }
    }

    /// <summary>Where an attack moves a model to.</summary>
    /// <exception cref="InvalidOperationException">The search broke its threat.</exception>
    public static Point Moved(Contender contender, StudyAttack attack, float epsilon, ulong seed)
    {
        var threat = attack.Threat(contender.Model, epsilon);
        if (attack.Relative) threat = threat.RelativeTo(contender.At);
        using var scope = Scope.Open();
        var rng = new Rng(seed).Fork(attack.Name);
        var loss = attack.LossOf?.Invoke(contender.Model, rng.Fork("loss")) ?? contender.Loss;
        var found = attack.Attack.Find(loss, contender.At, threat, rng);
        return (contender.At + threat.Admit(contender.At, found, attack.Name)).Keep();
    }

    /// <summary>One row for each model, attack, radius and metric, in the order they were added.</summary>
    public IReadOnlyList<ReportRow> Rows =>
    [
        .. from metric in _metrics
           from cell in _order
           let spread = Spread.Of([.. _cells[cell].Select(r => r.Result[metric])])
           select new ReportRow(
               cell.Model, cell.Attack, ReportRow.AsWritten(cell.Epsilon), metric, spread.Mean, spread.Count > 1 ? spread.Deviation : null, spread.Count),
    ];

    /// <summary>The mean row norm of each model's tables, over seeds.</summary>
    public IReadOnlyList<ReportNorm> Norms => [.. _norms.Select(n => new ReportNorm(n.Key.Model, n.Key.Table, n.Value.Average()))];

    /// <summary>The figure of a cell for each seed.</summary>
    public double[] Values(string model, string attack, float epsilon, string metric) =>
        [.. _cells[new Cell(model, attack, epsilon)].Select(r => r.Result[metric])];

    /// <summary>
    /// Paired tests of two models under every attack. With several seeds, of the share of the clean figure that each lost, seed by seed, or that an error
    /// rose by; with one, of the figure itself, user by user; none where there is only one user.
    /// </summary>
    public IReadOnlyList<ReportComparison> Compare(string a, string b, string metric) =>
    [
        .. from cell in _order
           where cell.Model == a
           let other = cell with { Model = b }
           where _cells.ContainsKey(other)
           let test = Test(cell, other, metric)
           where test is not null
           select new ReportComparison(a, b, test.Value.Measure, cell.Attack, ReportRow.AsWritten(cell.Epsilon), test.Value.Test.Difference, test.Value.Test.P),
    ];

    private (string Measure, PairedTest Test)? Test(Cell a, Cell b, string metric)
    {
        var (first, second) = (_cells[a], _cells[b]);
        if (first.Count == 1)
            return first[0].Result.PerUser(metric).Length < 2 ? null         // nothing to pair
                : (metric, Significance.StudentT(first[0].Result.PerUser(metric), second[0].Result.PerUser(metric)));
        if (a.Attack == None) return (metric, Significance.StudentT(Values(a.Model, None, 0, metric), Values(b.Model, None, 0, metric)));
        return ($"{(_errors ? "rise" : "lost share")} of {metric}", Significance.StudentT(Lost(a, metric), Lost(b, metric)));
    }

    private double[] Lost(Cell cell, string metric)
    {
        var (clean, attacked) = (Values(cell.Model, None, 0, metric), Values(cell.Model, cell.Attack, cell.Epsilon, metric));
        return [.. clean.Zip(attacked, (c, x) => c > 0 ? (_errors ? x / c - 1 : 1 - x / c) : 0)];
    }

    private void Record(Cell cell, ulong seed, IFigures result)
    {
        if (!_cells.TryGetValue(cell, out var results))
        {
            _cells[cell] = results = [];
            _order.Add(cell);
        }
        results.Add((seed, result));
    }
}
