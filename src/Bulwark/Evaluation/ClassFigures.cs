using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Evaluation;

/// <summary>How well a classifier tells its classes apart: each class against the rest, and the plain means over the classes that occur.</summary>
/// <param name="Classes">The decisions for each class against the rest; yes where it has the highest score.</param>
/// <param name="Areas">The area under each class's ROC curve, by its probability; NaN where there is no other class, or none of it.</param>
public sealed record ClassFigures(IReadOnlyList<Confusion> Classes, IReadOnlyList<double> Areas)
{
    /// <summary>Names of the means.</summary>
    public static IReadOnlyList<string> Metrics { get; } = ["precision", "recall", "f1", "auc"];

    /// <summary>Macro precision.</summary>
    public double Precision => Occurring.Average(one => one.Precision);

    /// <summary>Macro recall.</summary>
    public double Recall => Occurring.Average(one => one.Recall);

    /// <summary>Macro F1: the mean of the classes' F1.</summary>
    public double F1 => Occurring.Average(one => one.F1);

    /// <summary>Macro AUC, one against the rest.</summary>
    public double Auc => Areas.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The means in the order of <see cref="Metrics"/>.</summary>
    public IReadOnlyList<double> Means => [Precision, Recall, F1, Auc];

    private IEnumerable<Confusion> Occurring => Classes.Where(one => one.TruePositives + one.FalseNegatives > 0);

    /// <summary>Of scores and the truth. A tie for the highest score counts against the true class.</summary>
    /// <param name="probabilities">(n, classes): a softmax of the scores.</param>
    /// <param name="labels">(n).</param>
    public static ClassFigures Of(Tensor probabilities, Ids labels)
    {
        var (classes, said) = (probabilities.Shape.Last, Said(probabilities, labels));
        var (confusions, areas) = (new Confusion[classes], new double[classes]);
        for (var c = 0; c < classes; c++)
        {
            bool[] truth = [.. labels.Rows.ToArray().Select(label => label == c)];
            confusions[c] = Confusion.Of([.. said.Select(answer => answer == c ? 1f : 0)], 1, truth);
            float[] scores = [.. Enumerable.Range(0, truth.Length).Select(i => probabilities.Values[i * classes + c])];
            areas[c] = truth.Distinct().Count() == 2 ? ThresholdCurve.Roc(scores, truth).Area : double.NaN;
        }
        return new(confusions, areas);
    }

    private static int[] Said(Tensor scores, Ids labels)
    {
        var (right, rivals) = (Accuracy.IsRight(scores, labels), LogitLosses.Ranked(scores, 1, labels)[0].Rows.ToArray());
        return [.. right.Select((yes, i) => yes ? labels.Rows[i] : rivals[i])];
    }
}
