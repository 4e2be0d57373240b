using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Evaluation.Robustness;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Evaluation;

/// <summary>
/// Classifiers × attacks × ε × seeds: the accuracy that is left of inputs whose every value may move by ε, within 0 and 1. An attack is one search or a suite, each
/// part of it on what has withstood those before, and in a row of its own.
/// </summary>
/// <param name="inputs">What to classify.</param>
/// <param name="attacks">The attacks by name.</param>
/// <param name="epsilons">The radii.</param>
public sealed class ClassifierStudy(
    LabeledInputs inputs, IReadOnlyList<(string Name, IReadOnlyList<SuiteAttack> Parts)> attacks, IReadOnlyList<float> epsilons)
{
    private const string None = "none", Accuracy = "accuracy";
    private readonly Dictionary<(string Model, string Attack, float Epsilon), List<double>> _cells = [];

    /// <summary>One row for each model, attack, part of a suite and radius, in the order they were added: means and deviations over seeds.</summary>
    public IReadOnlyList<ReportRow> Rows =>
    [
        .. from cell in _cells
           let spread = Spread.Of([.. cell.Value])
           select new ReportRow(
               cell.Key.Model, cell.Key.Attack, ReportRow.AsWritten(cell.Key.Epsilon), Accuracy, spread.Mean,
               spread.Count > 1 ? spread.Deviation : null, spread.Count),
    ];

    /// <summary>Every value of an input may move by ε, and stays within 0 and 1.</summary>
    public static Threat Within(IClassifier model, float epsilon) => new(new LinfBall(epsilon), model.Inputs) { Box = (0, 1) };

    /// <summary>Judges a model clean and under every attack.</summary>
    public void Add(string name, IClassifier model, Point at, ulong seed, IProgress<StudyProgress>? progress = null, CancellationToken cancel = default)
    {
        Record(None, 0, Run(model, at, "", [], 0, seed).Clean);
        foreach (var (attack, parts) in attacks)
            foreach (var epsilon in epsilons)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new StudyProgress(seed, name, $"{attack} ε {epsilon:G3}"));
                var result = Run(model, at, attack, parts, epsilon, seed);
                foreach (var (part, left) in result.After.SkipLast(1)) Record($"{attack} to {part}", epsilon, left);
                Record(attack, epsilon, result.Robust);
            }

        void Record(string attack, float epsilon, double accuracy)
        {
            if (!_cells.TryGetValue((name, attack, epsilon), out var values)) _cells[(name, attack, epsilon)] = values = [];
            values.Add(accuracy);
        }
    }

    /// <summary>
    /// The smallest ε at which an attack leaves at most half of the clean accuracy, looked for from <paramref name="first"/> on; null if none is found:
    /// <see cref="RobustnessAnalysis.HalvingEpsilon"/>.
    /// </summary>
    public float? HalvingEpsilon(IClassifier model, Point at, string attack, float first, ulong seed)
    {
        var parts = attacks.First(known => known.Name == attack).Parts;
        return RobustnessAnalysis.HalvingEpsilon(
            epsilon => Run(model, at, attack, parts, epsilon, seed).Robust, Run(model, at, "", [], 0, seed).Clean, first);
    }

    private SuiteResult Run(IClassifier model, Point at, string attack, IReadOnlyList<SuiteAttack> parts, float epsilon, ulong seed) =>
        Suite.Run(model, at, inputs, Within(model, epsilon), parts, new Rng(seed).Fork(attack));
}
