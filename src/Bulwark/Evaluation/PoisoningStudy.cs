using Bulwark.Attacks.Poisoning;
using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Evaluation;

/// <summary>A model under poisoning: how it comes from training data and a seed, defenses against bad data included.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Train">Makes it. The users of the data may be more than those of the clean data; the items are the same.</param>
public sealed record Victim(string Name, Func<Interactions, ulong, IRecommender> Train);

/// <summary>
/// Train, poison, retrain, measure. A victim is trained on clean and on poisoned data from the same seed; where it puts the targets for real users
/// (<see cref="TargetExposure"/>) and what it is worth to them on the test part is compared.
/// </summary>
/// <param name="train">Clean training data.</param>
/// <param name="test">What real users should find.</param>
/// <param name="targets">The attacker's items.</param>
/// <param name="metrics">Of clean utility; the first also names the cutoff of the targets' rankings.</param>
public sealed class PoisoningStudy(Interactions train, Interactions test, IReadOnlyList<int> targets, IReadOnlyList<Metric> metrics)
{
    private const string None = "none", Shift = "prediction shift", StandardizedShift = "standardized shift";
    private readonly int _cutoff = metrics[0].Cutoff ?? 10;
    private readonly UserRows _seen = RankingTask.Rows(train);
    private readonly RankingTask _task = new(train, test);
    private readonly Dictionary<(string Victim, ulong Seed), TargetExposure> _before = [];
    private readonly OrderedDictionary<(string Victim, string Attack, int Accounts, string Metric), List<double>> _cells = [];

    /// <summary>The metric of the attack's success, as rows name it.</summary>
    public string Success => $"target hr@{_cutoff}";

    /// <summary>The metrics that say how well the attack does: the less of them, the better for everybody else.</summary>
    public IReadOnlyList<string> OfTargets => [Success, $"target ndcg@{_cutoff}", Shift, StandardizedShift];

    /// <summary>Trains a victim on clean data and measures it; done once for each seed, before its poisonings.</summary>
    public void AddClean(Victim victim, ulong seed, CancellationToken cancel = default)
    {
        var model = victim.Train(train, seed);
        _before[(victim.Name, seed)] = Record(victim, None, 0, model, null, cancel);
    }

    /// <summary>The data after an attack. The same for all victims of a seed.</summary>
    public Interactions Poison(IPoison poison, int accounts, int actions, ulong seed) =>
        poison.Poison(train, new Budget(accounts, actions, targets), new Rng(seed).Fork("poison"));

    /// <summary>Trains a victim on poisoned data and measures it.</summary>
    /// <param name="victim">One that <see cref="AddClean"/> has seen with this seed.</param>
    /// <param name="attack">The attack's name in the report.</param>
    /// <param name="poisoned">What it left.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The targets' hit rate.</returns>
    public double AddPoisoned(Victim victim, string attack, Interactions poisoned, ulong seed, CancellationToken cancel = default)
    {
        if (!_before.TryGetValue((victim.Name, seed), out var before))
            throw new InvalidOperationException($"{victim.Name} has not been measured clean with seed {seed}: call AddClean first.");
        return Record(victim, attack, poisoned.UserCount - train.UserCount, victim.Train(poisoned, seed), before, cancel).HitRate(_cutoff);
    }

    /// <summary>The targets' hit rate alone, without a record.</summary>
    public double HitRate(Victim victim, Interactions poisoned, ulong seed, CancellationToken cancel = default) =>
        TargetExposure.Of(victim.Train(poisoned, seed), _seen, targets, cancel).HitRate(_cutoff);

    /// <summary>One row for each victim, attack, number of accounts (as ε) and metric.</summary>
    public IReadOnlyList<ReportRow> Rows =>
    [
        .. from cell in _cells
           let spread = Spread.Of([.. cell.Value])
           select new ReportRow(
               cell.Key.Victim, cell.Key.Attack, cell.Key.Accounts, cell.Key.Metric, spread.Mean, spread.Count > 1 ? spread.Deviation : null, spread.Count),
    ];

    /// <summary>A figure of a cell for each seed.</summary>
    public IReadOnlyList<double> Values(string victim, string attack, int accounts, string metric) => _cells[(victim, attack, accounts, metric)];

    /// <summary>
    /// The price of success: the least number of accounts, by doubling and halving the interval, at which the targets' hit rate reaches a goal; null if not
    /// even the most do. The hit rate need not rise with every account, so that fewer may suffice by chance.
    /// </summary>
    /// <param name="hitRate">The hit rate that so many accounts buy.</param>
    /// <param name="goal">What the attacker wants.</param>
    /// <param name="most">The most accounts to try.</param>
    public static int? Price(Func<int, double> hitRate, double goal, int most)
    {
        var (low, high) = (0, 1);                            // low is too few
        while (high < most && hitRate(high) < goal) (low, high) = (high, 2 * high);
        high = Math.Min(high, most);
        if (high == most && hitRate(most) < goal) return null;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (hitRate(middle) < goal) low = middle;
            else high = middle;
        }
        return high;
    }

    private TargetExposure Record(Victim victim, string attack, int accounts, IRecommender model, TargetExposure? before, CancellationToken cancel)
    {
        var exposure = TargetExposure.Of(model, _seen, targets, cancel);
        Add(Success, exposure.HitRate(_cutoff));
        Add($"target ndcg@{_cutoff}", exposure.Ndcg(_cutoff));
        Add(Shift, exposure.Score - (before ?? exposure).Score);
        Add(StandardizedShift, exposure.StandardizedScore - (before ?? exposure).StandardizedScore);
        foreach (var (name, mean) in _task.Judge(model, metrics, cancel).Means) Add(name, mean);
        return exposure;

        void Add(string metric, double value)
        {
            var key = (victim.Name, attack, accounts, metric);
            if (!_cells.TryGetValue(key, out var values)) _cells[key] = values = [];
            values.Add(value);
        }
    }
}
