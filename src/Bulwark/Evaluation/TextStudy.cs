using Bulwark.Attacks.Text;
using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Evaluation;

/// <summary>
/// Items whose texts an attacker edits, one at a time: where a model that reads texts puts each before and after (<see cref="TargetExposure"/>), for everybody,
/// while the attacker sees the lists of some.
/// </summary>
/// <param name="train">What people have.</param>
/// <param name="targets">The items.</param>
/// <param name="cutoff">Places of a list.</param>
/// <param name="people">How many lists the attacker can see.</param>
public sealed class TextStudy(Interactions train, IReadOnlyList<int> targets, int cutoff = 10, int people = 200)
{
    private const string None = "none", Shift = "standardized shift";
    private readonly UserRows _seen = RankingTask.Rows(train);
    private readonly Dictionary<(string Victim, int Target), double> _before = [];
    private readonly OrderedDictionary<(string Victim, string Attack, int Words, string Metric), List<double>> _cells = [];

    /// <summary>The metric of the attack's success, as rows name it.</summary>
    public string Success => $"target hr@{cutoff}";

    /// <summary>The metrics that say how well the attack does: the less of them, the better for everybody else.</summary>
    public IReadOnlyList<string> OfTargets => [Success, Shift];

    /// <summary>What attacks have made of each target's text.</summary>
    public IList<(string Victim, string Attack, int Target, string Before, EditedText Edited)> Edits { get; } = [];

    /// <summary>Measures the targets of a victim with their own texts.</summary>
    public void AddClean(TextVictim victim, CancellationToken cancel = default)
    {
        var clean = victim.Clean;
        foreach (var target in targets) _before[(victim.Name, target)] = Record(victim, None, 0, TargetExposure.Of(clean, _seen, [target], cancel));
    }

    /// <summary>Attacks every target of a victim that <see cref="AddClean"/> has seen; every edit is checked against the limit and measured again.</summary>
    public void Add(TextVictim victim, string name, ITextAttack attack, TextLimit limit, ulong seed, CancellationToken cancel = default)
    {
        var rng = new Rng(seed).Fork("text");
        var users = Enumerable.Range(0, train.UserCount).Where(user => train.ByUser.Items(user).Length > 0).ToArray();
        rng.Fork("people").Shuffle<int>(users);
        foreach (var target in targets)
        {
            if (!_before.TryGetValue((victim.Name, target), out var before))
                throw new InvalidOperationException($"{victim.Name} has not been measured with its own texts: call AddClean first.");
            var text = victim.Texts[target];
            var scores = Exposure.Of(victim, target, train.ByUser, users.Take(people), cutoff);
            var edited = attack.Find(scores, text, limit, rng.Fork(target));
            limit.Check(text, edited.Text);
            Edits.Add((victim.Name, name, target, text, edited));
            var exposure = TargetExposure.Of(victim.With(target, edited.Text), _seen, [target], cancel);
            var after = Record(victim, name, limit.Words, exposure);
            Keep(victim, name, limit.Words, Shift, after - before);
            Keep(victim, name, limit.Words, "words changed", Wording.Of(text).Distance(Wording.Of(edited.Text)));
            if (limit.Similarity is { } similarity) Keep(victim, name, limit.Words, "similarity", similarity(text, edited.Text));
            Keep(victim, name, limit.Words, "queries", edited.Queries);
        }
    }

    /// <summary>One row for each victim, attack, number of words (as ε) and metric: the mean over targets.</summary>
    public IReadOnlyList<ReportRow> Rows =>
        [.. _cells.Select(cell => new ReportRow(cell.Key.Victim, cell.Key.Attack, cell.Key.Words, cell.Key.Metric, cell.Value.Average()))];

    /// <summary>A figure of a cell, the mean over targets.</summary>
    public double Value(string victim, string attack, int words, string metric) => _cells[(victim, attack, words, metric)].Average();

    private double Record(TextVictim victim, string attack, int words, TargetExposure exposure)
    {
        Keep(victim, attack, words, Success, exposure.HitRate(cutoff));
        Keep(victim, attack, words, "target rank", exposure.Rank);
        return exposure.StandardizedScore;
    }

    private void Keep(TextVictim victim, string attack, int words, string metric, double value)
    {
        var key = (victim.Name, attack, words, metric);
        if (!_cells.TryGetValue(key, out var values)) _cells[key] = values = [];
        values.Add(value);
    }
}
