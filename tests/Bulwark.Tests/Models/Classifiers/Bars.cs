using Bulwark.Data;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Models.Classifiers;

/// <summary>
/// A world whose answer is known: images of 8 × 8 in gray noise from 0 to .4 with a bar of 4 pixels at .8, lying (0), standing (1) or slanting (2),
/// anywhere.
/// </summary>
internal static class Bars
{
    public const int Size = 8, Classes = 3;

    public static LabeledInputs Train { get; } = Draw(1500, 1);

    public static LabeledInputs Test { get; } = Draw(300, 2);

    public static Point Trained(IClassifier model, Objective<InputBatch>? objective = null, int epochs = 8)
    {
        var trained = ClassifierObjectives.OnInputs(model, objective ?? ClassifierObjectives.CrossEntropy(model));
        var source = new InputSource(Train, 50, new Rng(3));
        var trainer = new Trainer<InputBatch>(source, [new("all", epochs, trained)], new TrainingOptions { Rule = new Adam(0.005f), Ahead = false });
        return trainer.Run(model.Start(new Rng(4)), new Rng(5)).At;
    }

    private static LabeledInputs Draw(int count, ulong seed)
    {
        var (rng, values, labels) = (new Rng(seed), new float[count * Size * Size], new int[count]);
        for (var i = 0; i < values.Length; i++) values[i] = 0.4f * rng.NextSingle();
        for (var i = 0; i < count; i++)
        {
            labels[i] = rng.Next(Classes);
            var (down, across) = labels[i] switch { 0 => (0, 1), 1 => (1, 0), _ => (1, 1) };
            var (top, left) = (rng.Next(Size - 3 * down), rng.Next(Size - 3 * across));
            for (var pixel = 0; pixel < 4; pixel++) values[(i * Size + top + pixel * down) * Size + left + pixel * across] = 0.8f;
        }
        return new LabeledInputs((Size, Size, 1), values, labels);
    }
}
