using Bulwark.Attacks.Histories;
using Bulwark.Tensors;

namespace Bulwark.Evaluation;

/// <summary>
/// Victims under attacks on their shoppers' histories: where the true next item, and an attacker's target if there is one, rank after at most 0, 1, … k edits.
/// Candidates are all items that neither stood in the clean history nor stand in the edited one; ties count against the item. Neither item may come into a
/// history. Where there is nothing to spoil, the next item not being listed anyway, a history is left alone. What an attack returns is checked against the
/// budget and measured anew.
/// </summary>
/// <param name="cases">The shoppers; all with a target, or none.</param>
/// <param name="budget">What may be done to each history.</param>
/// <param name="cutoff">N, the length of a list.</param>
public sealed class HistoryStudy(IReadOnlyList<HistoryCase> cases, HistoryBudget budget, int cutoff = 10)
{
    private const string None = "none";
    private readonly OrderedDictionary<(string Model, string Attack, int Edits, string Metric), List<double>> _cells = [];
    private readonly bool _targeted = cases.Count == 0 || cases.All(one => one.Target.HasValue) == cases.Any(one => one.Target.HasValue)
        ? cases.Any(one => one.Target.HasValue) : throw new ArgumentException("Give every shopper a target, or none.", nameof(cases));

    /// <summary>The metric that the attack aims at: the target's hit rate, which it raises, or that of the true next item, which it lowers.</summary>
    public string Aim => _targeted ? TargetHits : Hits;

    /// <summary>The metrics that say how well an attack with a target does: the less of them, the better for everybody else.</summary>
    public IReadOnlyList<string> OfTargets => _targeted ? [TargetHits, $"target ndcg@{cutoff}"] : [];

    private string Hits => $"hr@{cutoff}";

    private string TargetHits => $"target hr@{cutoff}";

    /// <summary>Attacks every shopper, and records ranks after each number of edits; those without an edit stand as the model left alone.</summary>
    /// <param name="model">The victim's name.</param>
    /// <param name="victim">The victim.</param>
    /// <param name="attack">The attack's name.</param>
    /// <param name="search">The attack.</param>
    /// <param name="rng">Its dice.</param>
    /// <param name="progress">Hears how many shoppers are done.</param>
    /// <param name="cancel">Stops between shoppers.</param>
    /// <returns>Each shopper's histories after 0, 1, … k edits.</returns>
    public IReadOnlyList<IReadOnlyList<int[]>> Add(
        string model, HistoryVictim victim, string attack, IHistoryAttack search, Rng rng, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        var (paths, places, gate, done) = (new IReadOnlyList<int[]>[cases.Count], new (int Next, int Target)[cases.Count][], new Lock(), 0);
        Team.Run<Action<int>>(cases.Count, Attack, static (attack, n) => attack(n));
        if (Times(None, 0) == Times(attack, 1)) Record(None, 0);                                 // once for all attacks of a seed
        for (var edits = 1; edits <= budget.Edits; edits++) Record(attack, edits);
        return paths;

        int Times(string name, int edits) => _cells.TryGetValue((model, name, edits, Aim), out var values) ? values.Count : 0;

        void Record(string name, int edits) => this.Record(model, name, edits, [.. places.Select(place => place[edits])]);

        void Attack(int n)
        {
            cancel.ThrowIfCancellationRequested();
            paths[n] = Attacked(victim, cases[n], search, rng.Fork(n));
            places[n] = [.. paths[n].Select(history => Ranks(victim, cases[n], history))];
            lock (gate) progress?.Report(++done);
        }
    }

    /// <summary>One row for each victim, attack, number of edits (as ε) and metric; the aim first.</summary>
    public IReadOnlyList<ReportRow> Rows =>
    [
        .. from cell in _cells
           let spread = Spread.Of([.. cell.Value])
           orderby cell.Key.Metric != Aim
           select new ReportRow(
               cell.Key.Model, cell.Key.Attack, cell.Key.Edits, cell.Key.Metric, spread.Mean, spread.Count > 1 ? spread.Deviation : null, spread.Count),
    ];

    private IReadOnlyList<int[]> Attacked(HistoryVictim victim, HistoryCase one, IHistoryAttack search, Rng rng)
    {
        var goal = one.Target is { } target ? HistoryGoal.Push(target, cutoff) : HistoryGoal.Spoil(one.Next, cutoff);
        var allowed = budget with { Barred = [.. budget.Barred, one.Next] };
        var problem = new HistoryProblem(victim, goal, allowed, one.History);
        if (!goal.Wanted && problem.Losses([one.History])[0] >= 0) return [.. Enumerable.Repeat(one.History, budget.Edits + 1)];
        var path = search.Find(problem, rng);
        for (var edits = 0; edits < path.Count; edits++)
            if ((allowed with { Edits = edits }).Violation(one.History, path[edits]) is { } what)
                throw new InvalidOperationException($"The attack broke its budget of {edits} edits: {what}.");
        return path;
    }

    /// <summary>The ranks of the true next item and of the target; 0 for no target.</summary>
    private static (int Next, int Target) Ranks(HistoryVictim victim, HistoryCase one, int[] history)
    {
        var scores = new float[victim.ItemCount];
        victim.Scores([history], scores);
        int[] hidden = [.. one.History.Union(history)];
        foreach (var item in hidden) scores[item] = float.NegativeInfinity;
        var (counter, candidates) = (new RankCounter(), scores.Length - hidden.Length);
        return (RankOf(one.Next), one.Target is { } target ? RankOf(target) : 0);

        int RankOf(int item) => counter.Ranks(scores, [item], candidates)[0];
    }

    private void Record(string model, string attack, int edits, (int Next, int Target)[] places)
    {
        Add("", place => place.Next);
        if (_targeted) Add("target ", place => place.Target);

        void Add(string whose, Func<(int Next, int Target), int> rank)
        {
            foreach (var metric in (Metric[])[RankingMetrics.HitRate(cutoff), RankingMetrics.Ndcg(cutoff)])
            {
                var key = (model, attack, edits, whose + metric.Name);
                if (!_cells.TryGetValue(key, out var values)) _cells[key] = values = [];
                values.Add(places.Average(place => metric.Score([rank(place)], int.MaxValue)));
            }
        }
    }
}
