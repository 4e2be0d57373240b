using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Classifiers;

/// <summary>W relu(… relu(x W₀ + b₀) …) + b: hidden layers, then a linear one.</summary>
/// <param name="widths">Values of an input, hidden widths, classes: at least two numbers.</param>
/// <param name="dropout">Share of each hidden layer's input, the inputs themselves among them, that is dropped in training.</param>
public sealed class MlpClassifier(IReadOnlyList<int> widths, float dropout = 0) : IClassifier
{
    private readonly Mlp _hidden = new("hidden", [.. widths.Take(widths.Count - 1)], dropout);
    private readonly Dense _head = new("head");

    /// <inheritdoc/>
    public Variable Inputs { get; } = new("inputs");

    /// <inheritdoc/>
    public Point Start(Rng rng) => _head.Start(_hidden.Start(new Point(), rng), widths[^2], widths[^1], rng);

    /// <inheritdoc/>
    public Tensor Logits(Point at, Rng? rng = null)
    {
        var x = at[Inputs];
        return _head.Of(at, _hidden.Of(at, x.Reshape((x.Shape[0], x.Shape.RowLength)), rng));      // (batch, classes)
    }
}
