using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Evaluation;

/// <summary>
/// The share of inputs whose class has the highest score; ties count against the model. Under attack an input counts that is right both as it is and moved:
/// a wrong answer that an attack corrects is no robustness.
/// </summary>
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
            var move = threat.Admit(clean, attack.Find(objective(batch, null), clean, threat, rng.Fork(first)), attack.GetType().Name);
            var (before, after) = (IsRight(model.Logits(clean), batch.Labels), IsRight(model.Logits(clean + move), batch.Labels));
            right += before.Zip(after, (was, still) => was && still).Count(both => both);
        }
        return (double)right / inputs.Count;
    }

    /// <summary>Whether each row's class has the highest score, alone.</summary>
    public static bool[] IsRight(Tensor logits, Ids labels) => [.. logits.Margin(labels).Values.ToArray().Select(margin => margin < 0)];
}
