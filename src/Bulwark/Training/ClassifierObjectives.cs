using Bulwark.Models.Classifiers;

namespace Bulwark.Training;

/// <summary>The losses that classifiers are trained with. Sums over the batch.</summary>
public static class ClassifierObjectives
{
    /// <summary>L = −Σ ln softmax(logits)[class] at a point where the inputs stand: what an attack on inputs makes large.</summary>
    public static Objective<InputBatch> CrossEntropy(IClassifier model) => CrossEntropy(model, 0);

    /// <summary>The same with a share s of each label spread over all classes: <see cref="LabelSmoothing"/>.</summary>
    public static Objective<InputBatch> CrossEntropy(IClassifier model, float smoothing) => (batch, rng) => at =>
        model.Logits(at, rng).CrossEntropy(batch.Labels, smoothing);

    /// <summary>The objective at a point of weights alone, where it puts the batch's inputs: a defense goes inside, the trainer outside.</summary>
    public static Objective<InputBatch> OnInputs(IClassifier model, Objective<InputBatch> objective) => (batch, rng) =>
    {
        var loss = objective(batch, rng);
        return at => loss(at.With(model.Inputs, batch.Inputs));
    };
}
