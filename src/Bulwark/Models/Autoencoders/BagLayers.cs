using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Autoencoders;

/// <summary>The outer layers that autoencoders of bags share: from bags to a hidden row, and from a code to the scores of all items.</summary>
internal sealed class BagLayers(int items, AutoencoderOptions options)
{
    private readonly Variable _inputs = new("items.input"), _inputBias = new("input.bias"), _outputs = new("items.output"), _outputBias = new("output.bias");
    private readonly Dense _decoder = new("decoder");

    public IReadOnlyList<Variable> Tables => [_inputs, _outputs];

    public Variable Inputs => _inputs;

    /// <summary>Starting values: Glorot-uniform weights (Glorot and Bengio 2010), zero biases.</summary>
    public Point Start(Rng rng)
    {
        var bound = MathF.Sqrt(6f / (items + options.Hidden));
        var at = new Point(
            (_inputs, Tensor.Uniform((items, options.Hidden), -bound, bound, rng.Fork(_inputs.Name))), (_inputBias, Tensor.Zeros(options.Hidden)),
            (_outputs, Tensor.Uniform((items, options.Hidden), -bound, bound, rng.Fork(_outputs.Name))), (_outputBias, Tensor.Zeros(items)));
        return _decoder.Start(at, options.Latent, options.Hidden, rng);
    }

    /// <summary>tanh(W dropout(x / ‖x‖₂) + b): a sum of the touched items' rows, so that no row of ones is ever stored. (bags, hidden).</summary>
    public Tensor Encode(Point at, Bags bags, Rng? rng)
    {
        var shares = bags.Shares.Tensor.Dropout(options.Dropout, rng?.Fork("dropout"));           // (touched)
        var sum = at[_inputs].Rows(bags.Items).ScaleRows(shares).ScatterRows(bags.Owners, (bags.Count, options.Hidden));
        return (sum + at[_inputBias]).Tanh();
    }

    /// <summary>V tanh(U z + c) + d: (bags, latent) to (bags, items).</summary>
    public Tensor Decode(Point at, Tensor code) => new ItemHead(_outputs, _outputBias).All(at, _decoder.Of(at, code).Tanh());
}
