using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Evaluation.Robustness;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Evaluation;

/// <summary>
/// Classifiers × attacks × ε × seeds: the accuracy that is left of inputs whose every value may move by ε, within 0 and 1. Of a suite each part is in a row
/// of its own, on what has withstood those before. Searches for the shortest move run once, in rows without an ε, with what the moves that fool measure.
/// </summary>
/// <param name="inputs">What to classify.</param>
/// <param name="attacks">The attacks by name.</param>
/// <param name="epsilons">The radii.</param>
public sealed class ClassifierStudy(
    LabeledInputs inputs, IReadOnlyList<InputAttack> attacks, IReadOnlyList<float> epsilons)
{
    private const string None = "none", Accuracy = "accuracy";
    private readonly Dictionary<(string Model, string Attack, float Epsilon, string Metric), List<double>> _cells = [];

    /// <summary>One row for each model, attack, part of a suite, radius and metric, in the order they were added: means and deviations over seeds.</summary>
    public IReadOnlyList<ReportRow> Rows =>
    [
        .. from cell in _cells
           let spread = Spread.Of([.. cell.Value])
           select new ReportRow(
               cell.Key.Model, cell.Key.Attack, ReportRow.AsWritten(cell.Key.Epsilon), cell.Key.Metric, spread.Mean,
               spread.Count > 1 ? spread.Deviation : null, spread.Count),
    ];

    /// <summary>Every value of an input may move by ε, and stays within 0 and 1.</summary>
    public static Threat Within(IClassifier model, float epsilon) => new(new LinfBall(epsilon), model.Inputs) { Box = (0, 1) };

    /// <summary>Judges a model clean and under every attack.</summary>
    public void Add(string name, IClassifier model, Point at, ulong seed, IProgress<StudyProgress>? progress = null, CancellationToken cancel = default)
    {
        Record(None, 0, Accuracy, Run(model, at, new(""), 0, seed).Clean);
        foreach (var attack in attacks)
            foreach (var epsilon in attack.Reach is null ? epsilons : [0])
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new StudyProgress(seed, name, attack.Reach is null ? $"{attack.Name} ε {epsilon:G3}" : attack.Name));
                var ready = Ready(model, at, attack, epsilon, seed);
                if (attack.Measures.Count > 0) Measure(ready, epsilon);
                else Judge(ready, epsilon);
            }

        void Judge(InputAttack attack, float epsilon)
        {
            var result = Run(model, at, attack, epsilon, seed);
            foreach (var (part, left) in result.After.SkipLast(1)) Record($"{attack.Name} to {part}", epsilon, Accuracy, left);
            Record(attack.Name, epsilon, Accuracy, result.Robust);
        }

        void Measure(InputAttack attack, float epsilon)
        {
            var result = Fooling.Run(model, at, inputs, ThreatOf(model, attack, epsilon), attack.Parts[0], Draws(attack, seed));
            Record(attack.Name, epsilon, Accuracy, result.Accuracy);
            foreach (var measure in attack.Measures) Record(attack.Name, epsilon, measure.Metric, measure.Of(result));
        }

        void Record(string attack, float epsilon, string metric, double value)
        {
            if (!_cells.TryGetValue((name, attack, epsilon, metric), out var values)) _cells[(name, attack, epsilon, metric)] = values = [];
            values.Add(value);
        }
    }

    /// <summary>
    /// The smallest ε at which an attack leaves at most half of the clean accuracy, looked for from <paramref name="first"/> on; null if none is found:
    /// <see cref="RobustnessAnalysis.HalvingEpsilon"/>.
    /// </summary>
    public float? HalvingEpsilon(IClassifier model, Point at, string attack, float first, ulong seed)
    {
        var named = attacks.First(known => known.Name == attack);
        return RobustnessAnalysis.HalvingEpsilon(
            epsilon => Run(model, at, named, epsilon, seed).Robust, Run(model, at, new(""), 0, seed).Clean, first);
    }

    private SuiteResult Run(IClassifier model, Point at, InputAttack attack, float epsilon, ulong seed) =>
        Suite.Run(model, at, inputs, ThreatOf(model, attack, epsilon), attack.Parts, Draws(attack, seed));

    private static InputAttack Ready(IClassifier model, Point at, InputAttack attack, float epsilon, ulong seed) => attack.Learned is { } learned
        ? attack with { Parts = [SuiteAttack.Margin(attack.Name, learned(model, at, ThreatOf(model, attack, epsilon), Draws(attack, seed).Fork("learned")))] }
        : attack;

    private static Threat ThreatOf(IClassifier model, InputAttack attack, float epsilon) =>
        attack.Reach is { } reach ? new(reach, model.Inputs) { Box = (0, 1) } : Within(model, epsilon);

    private static Rng Draws(InputAttack attack, ulong seed) => new Rng(seed).Fork(attack.Name);
}
