using Bulwark.Tensors;

namespace Bulwark.Models.Neural;

/// <summary>Hidden layers with relu, then a linear one: (rows, inputs) to (rows, outputs).</summary>
/// <param name="name">What its variables' names begin with.</param>
/// <param name="inputs">Width of the input.</param>
/// <param name="hidden">Widths of the hidden layers; there may be none.</param>
/// <param name="outputs">Width of the output.</param>
/// <param name="dropout">Share of each hidden layer's input that is dropped in training.</param>
internal sealed class Tower(string name, int inputs, IReadOnlyList<int> hidden, int outputs, float dropout = 0)
{
    private readonly Mlp _hidden = new(name, [inputs, .. hidden], dropout);
    private readonly Dense _head = new($"{name}.head");

    public Point Start(Point at, Rng rng) => _head.Start(_hidden.Start(at, rng), hidden.Count > 0 ? hidden[^1] : inputs, outputs, rng);

    public Tensor Of(Point at, Tensor x, Rng? rng) => _head.Of(at, _hidden.Of(at, x, rng));
}
