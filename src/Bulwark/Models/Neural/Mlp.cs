using Bulwark.Tensors;

namespace Bulwark.Models.Neural;

/// <summary>x ← relu(x W + b) through layers of these widths: (rows, widths[0]) to (rows, widths[^1]).</summary>
public sealed class Mlp
{
    private readonly int[] _widths;
    private readonly Dense[] _layers;
    private readonly float _dropout;

    /// <summary>Layers named after a prefix; dropout acts on each layer's input where a source of randomness is given.</summary>
    public Mlp(string name, IReadOnlyList<int> widths, float dropout = 0)
    {
        (_widths, _dropout) = ([.. widths], dropout);
        _layers = [.. Enumerable.Range(0, widths.Count - 1).Select(i => new Dense($"{name}.{i}"))];
    }

    /// <summary>Starting values: Glorot-uniform weights (Glorot and Bengio 2010), zero biases.</summary>
    public Point Start(Point at, Rng rng)
    {
        for (var i = 0; i < _layers.Length; i++) at = _layers[i].Start(at, _widths[i], _widths[i + 1], rng);
        return at;
    }

    /// <summary>(rows, widths[0]) to (rows, widths[^1]).</summary>
    public Tensor Of(Point at, Tensor x, Rng? rng = null)
    {
        for (var i = 0; i < _layers.Length; i++) x = _layers[i].Of(at, x.Dropout(_dropout, rng?.Fork(i))).Relu();
        return x;
    }
}
