using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Evaluation;

/// <summary>The share of inputs whose class has the highest score; ties count against the model.</summary>
public static class Accuracy
{
    private const int Batch = 100;

    /// <summary>Of the inputs as they are.</summary>
    public static double Of(IClassifier model, Point at, LabeledInputs inputs) => Of(model, at, inputs, GradientAscent.Fgsm, new Threat([]), new Rng(0));

    /// <summary>Of the inputs moved by an attack that makes the cross-entropy large, a batch at a time, and brought back into the threat whatever it found.</summary>
    /// <param name="model">The formula.</param>
    /// <param name="at">Its weights.</param>
    /// <param name="inputs">What to classify.</param>
    /// <param name="attack">Who moves it.</param>
    /// <param name="threat">How far.</param>
    /// <param name="rng">Drives the attack.</param>
    public static double Of(IClassifier model, Point at, LabeledInputs inputs, IAttack attack, Threat threat, Rng rng)
    {
        var (batch, objective, right) = (new InputBatch(), ClassifierObjectives.CrossEntropy(model), 0);
        for (var first = 0; first < inputs.Count; first += Batch)
        {
            using var scope = Scope.Open();
            batch.Fill(inputs, [.. Enumerable.Range(first, Math.Min(Batch, inputs.Count - first))]);
            var clean = at.With(model.Inputs, batch.Inputs);
            var move = threat.Project(clean, attack.Find(objective(batch, null), clean, threat, rng.Fork(first)));
            right += Right(model.Logits(clean + move), batch.Labels.Rows);
        }
        return (double)right / inputs.Count;
    }

    private static int Right(Tensor logits, ReadOnlySpan<int> labels)
    {
        var (right, classes) = (0, logits.Shape.Last);
        for (var b = 0; b < labels.Length; b++)
        {
            var row = logits.Values.Slice(b * classes, classes);
            var rivals = 0;
            for (var c = 0; c < classes; c++) if (c != labels[b] && !(row[c] < row[labels[b]])) rivals++;
            if (rivals == 0) right++;
        }
        return right;
    }
}
