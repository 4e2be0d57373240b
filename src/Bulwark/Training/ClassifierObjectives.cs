using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>The losses that classifiers are trained with: a value for each input, which <see cref="OnInputs"/> sums for the trainer.</summary>
public static class ClassifierObjectives
{
    /// <summary>L = −ln softmax(logits)[class] at a point where the inputs stand, (batch): what an attack on inputs makes large.</summary>
    public static Objective<InputBatch> CrossEntropy(IClassifier model) => (batch, rng) => at => model.Logits(at, rng).CrossEntropy(batch.Labels);

    /// <summary>The objective's sum at a point of weights alone, where it puts the batch's inputs: a defense goes inside, the trainer outside.</summary>
    public static Objective<InputBatch> OnInputs(IClassifier model, Objective<InputBatch> objective) =>
        objective.Bringing(model.Inputs, static batch => batch.Inputs);
}
