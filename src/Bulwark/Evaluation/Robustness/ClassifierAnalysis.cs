using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Evaluation.Robustness;

/// <summary>What an attack does to a classifier beyond its accuracy.</summary>
/// <param name="Clean">Its figures without an attack.</param>
/// <param name="Attacked">Its figures under it.</param>
/// <param name="PredictionShift">The mean fall of the right class's probability, over all inputs.</param>
/// <param name="Success">The fooled, as a share of what was right.</param>
public sealed record ClassifierAnalysis(ClassFigures Clean, ClassFigures Attacked, double PredictionShift, double Success)
{
    private const int Batch = 100;

    /// <summary>Attacks every input that is right; the others stay as they are, since what an attack corrects is no robustness.</summary>
    /// <param name="model">The formula.</param>
    /// <param name="at">Its weights.</param>
    /// <param name="inputs">What to classify.</param>
    /// <param name="threat">What moves, and how far.</param>
    /// <param name="attack">Its first attempt is made.</param>
    /// <param name="rng">Drives the attack.</param>
    public static ClassifierAnalysis Of(IClassifier model, Point at, LabeledInputs inputs, Threat threat, SuiteAttack attack, Rng rng)
    {
        var (batch, search, before, after) = (new InputBatch(), attack.Of(model), new List<float>(), new List<float>());
        var (shift, right, fooled, classes) = (0.0, 0, 0, 0);
        foreach (var part in Enumerable.Range(0, inputs.Count).Chunk(Batch))
        {
            using var scope = Scope.Open();
            batch.Fill(inputs, part);
            var clean = at.With(model.Inputs, batch.Inputs);
            var loss = attack.LossOf(model, clean, batch.Labels, 0) ?? throw new ArgumentException($"{attack.Name} makes no attempt on these inputs.");
            var move = threat.Admit(clean, search.Find(loss, clean, threat, rng.Fork(part[0])), attack.Name);
            var (was, logits) = (model.Logits(clean), model.Logits(clean + move));
            var (wasRight, isRight) = (Accuracy.IsRight(was, batch.Labels), Accuracy.IsRight(logits, batch.Labels));
            classes = was.Shape.Last;
            ReadOnlySpan<float> p = was.Softmax().Values, q = logits.Softmax().Values;
            for (var b = 0; b < part.Length; b++)
            {
                var row = b * classes;
                before.AddRange(p.Slice(row, classes));
                after.AddRange((wasRight[b] ? q : p).Slice(row, classes));
                if (!wasRight[b]) continue;
                right++;
                if (!isRight[b]) fooled++;
                shift += p[row + batch.Labels.Rows[b]] - q[row + batch.Labels.Rows[b]];
            }
        }
        var labels = new Ids([.. inputs.Labels]);
        return new(Figures(before), Figures(after), shift / inputs.Count, right == 0 ? 0 : (double)fooled / right);

        ClassFigures Figures(List<float> probabilities) => ClassFigures.Of(Tensor.Of((inputs.Count, classes), [.. probabilities]), labels);
    }
}
