using Bulwark.Cli.Settings;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Cli.Models;

/// <summary>Models that tell classes of images.</summary>
internal static class ClassifierKinds
{
    private const int Hidden = 128;

    public static readonly ModelKind Mlp = Of(
        "mlp-classifier", "Classes of images by a network with 128 hidden values", "LeCun et al. 1998", "0.1", "5",
        (image, classes) => new MlpClassifier([image.Count, Hidden, classes]));

    public static readonly ModelKind Convolutional = Of(
        "conv-classifier", "Classes of images by two convolutions and 100 hidden values", "LeCun et al. 1998; Wong et al. 2020", "0.3", "3",
        (image, classes) => new ConvolutionalClassifier(image, classes, ConvolutionalOptions.Small));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelKind> All { get; } = [Mlp, Convolutional];

    private static ModelKind Of(string name, string summary, string paper, string epsilon, string weight, Func<Shape, int, IClassifier> formula) =>
        new(name, summary, paper, "IDX images", null)
        {
            Classifies = formula,
            FoldsIn = false,
            Defaults = ModelKinds.With(
                (Known.Optimizer, "adam"), (Known.Rate, "0.001"), (Known.Batch, "100"), (Known.Epochs, "10"), (Known.HardenEpochs, "10"),
                (Known.HardenEpsilon, epsilon), (Known.GateEpsilon, epsilon), (Known.HardenWeight, weight),
                (Known.Attacks, "noise,fgsm,pgd-10,suite"), (Known.Epsilons, "0.05,0.1,0.2,0.3")),
        };
}
