using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Text;

/// <summary>
/// x ← norm(x + attention(x)); x ← norm(x + W₂ gelu(W₁ x)): one layer of the encoder (Vaswani et al. 2017), norms behind the sums.
/// Attention: softmax(Q Kᵀ / √d_h) V in each head, then W_o.
/// </summary>
internal sealed class BertLayer
{
    private readonly BertConfig _config;
    private readonly Dense _query, _key, _value, _out, _wide, _narrow;
    private readonly Norm _first, _second;

    public BertLayer(BertConfig config, int number)
    {
        var prefix = $"encoder.layer.{number}.";
        _config = config;
        _query = new(prefix + "attention.self.query");
        _key = new(prefix + "attention.self.key");
        _value = new(prefix + "attention.self.value");
        _out = new(prefix + "attention.output.dense");
        _first = new(prefix + "attention.output.LayerNorm", config.Epsilon);
        _wide = new(prefix + "intermediate.dense");
        _narrow = new(prefix + "output.dense");
        _second = new(prefix + "output.LayerNorm", config.Epsilon);
    }

    public Point Start(Point at, Rng rng)
    {
        var d = _config.Hidden;
        foreach (var square in new[] { _query, _key, _value, _out }) at = square.Start(at, d, d, BertConfig.Deviation, rng);
        at = _wide.Start(at, d, _config.Intermediate, BertConfig.Deviation, rng);
        at = _narrow.Start(at, _config.Intermediate, d, BertConfig.Deviation, rng);
        return _second.Start(_first.Start(at, d), d);
    }

    /// <summary>(count, t, d) and a mask to add to the scores, (count, 1, 1, t).</summary>
    public Tensor Of(Point at, Tensor x, Tensor mask, Rng? rng)
    {
        x = _first.Of(at, x + _out.Of(at, Attention(at, x, mask, rng?.Fork("attention"))).Dropout(_config.Dropout, rng?.Fork("first")));
        return _second.Of(at, x + _narrow.Of(at, _wide.Of(at, x).Gelu()).Dropout(_config.Dropout, rng?.Fork("second")));
    }

    private Tensor Attention(Point at, Tensor x, Tensor mask, Rng? rng)
    {
        var scale = 1 / MathF.Sqrt(_config.Hidden / _config.Heads);
        var scores = Heads(_query.Of(at, x)).MatMul(Heads(_key.Of(at, x)), transposeY: true) * scale;        // (count, heads, t, t)
        var mixed = scores.Softmax(mask).Dropout(_config.Dropout, rng).MatMul(Heads(_value.Of(at, x)));      // (count, heads, t, d / heads)
        return mixed.Transpose(1, 2).Reshape(x.Shape);
    }

    /// <summary>(count, t, d) to (count, heads, t, d / heads).</summary>
    private Tensor Heads(Tensor x) => x.Reshape((x.Shape[0], x.Shape[1], _config.Heads, _config.Hidden / _config.Heads)).Transpose(1, 2);
}
