using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Defenses;

/// <summary>
/// Defensive distillation (Papernot et al. 2016): a teacher learns softmax(z/T) = y, a student softmax(z/T) = softmax(z_teacher/T), and predicts at T = 1,
/// where its logits are T times too large and cross-entropy has vanishing gradients. That hides the model from weak attacks and does not make it robust
/// (Carlini and Wagner 2017): attack <see cref="Teacher"/>'s loss, which is that of z/T, or the logits.
/// </summary>
/// <param name="Temperature">T, 20 to 100 as published.</param>
public sealed record Distillation(float Temperature)
{
    /// <summary>L = −ln softmax(z/T)[class], (batch).</summary>
    public Objective<InputBatch> Teacher(IClassifier model) => (batch, rng) => at => (model.Logits(at, rng) * (1 / Temperature)).CrossEntropy(batch.Labels);

    /// <summary>L = −softmax(z_teacher/T) · ln softmax(z/T), (batch); the labels are not read.</summary>
    /// <param name="student">What is trained.</param>
    /// <param name="teacher">Whose answers it learns.</param>
    /// <param name="taught">The teacher's weights.</param>
    public Objective<InputBatch> Student(IClassifier student, IClassifier teacher, Point taught) => (batch, rng) =>
    {
        var soft = (teacher.Logits(taught.With(teacher.Inputs, batch.Inputs)) * (1 / Temperature)).Softmax();        // (batch, classes)
        return at => -(soft * (student.Logits(at, rng) * (1 / Temperature)).LogSoftmax()).Sum(-1);
    };
}
