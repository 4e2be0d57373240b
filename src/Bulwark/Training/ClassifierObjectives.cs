using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>
/// The losses that classifiers are trained with, at a point where the inputs stand: a value for each input, (batch), which is what an attack on inputs makes large,
/// and which <see cref="OnInputs(IClassifier, Objective{InputBatch})"/> sums for the trainer.
/// </summary>
public static class ClassifierObjectives
{
    /// <summary>L = −ln softmax(logits)[class].</summary>
    public static Objective<InputBatch> CrossEntropy(IClassifier model) => CrossEntropy(model, 0);

    /// <summary>The same with a share s of each label spread over all classes: <see cref="LabelSmoothing"/>.</summary>
    public static Objective<InputBatch> CrossEntropy(IClassifier model, float smoothing) => (batch, rng) => at =>
        model.Logits(at, rng).CrossEntropy(batch.Labels, smoothing);

    /// <summary>L = −ln softmax(logits)[class].</summary>
    public static Objective<LabeledTexts> CrossEntropy(ITextClassifier model) =>
        (batch, rng) => at => model.Logits(at, batch.Tokens, rng).CrossEntropy(batch.Labels);

    /// <summary>L = Σ_c ln(1 + e^ŷ_c) − y_c ŷ_c: each class is a yes or a no of its own. A single one is a yes for inputs of class 1.</summary>
    public static Objective<InputBatch> Logistic(IClassifier model) => (batch, rng) => at => Logistic(model.Logits(at, rng), batch.Labels);

    /// <summary>L = Σ_c ln(1 + e^ŷ_c) − y_c ŷ_c: each class is a yes or a no of its own. A single one is a yes for texts of class 1.</summary>
    public static Objective<LabeledTexts> Logistic(ITextClassifier model) => (batch, rng) => at => Logistic(model.Logits(at, batch.Tokens, rng), batch.Labels);

    /// <summary>The objective's sum at a point of weights alone, where it puts the batch's inputs: a defense goes inside, the trainer outside.</summary>
    public static Objective<InputBatch> OnInputs(IClassifier model, Objective<InputBatch> objective) =>
        objective.Bringing(model.Inputs, static (_, batch) => batch.Inputs);

    /// <summary>The same for texts, whose embeddings are learned.</summary>
    public static Objective<LabeledTexts> OnInputs(ITextClassifier model, Objective<LabeledTexts> objective) =>
        objective.Bringing(model.Inputs, (at, batch) => model.Embed(at, batch.Tokens));

    private static Tensor Logistic(Tensor logits, Ids labels)
    {
        var (classes, yes) = (logits.Shape.Last, new float[logits.Shape.Count]);
        for (var b = 0; b < labels.Count; b++)
        {
            if (classes > 1) yes[b * classes + labels.Rows[b]] = 1;
            else yes[b] = labels.Rows[b];
        }
        return (logits.Softplus() - logits * Tensor.Of(logits.Shape, yes)).Sum(1);
    }
}
