using Bulwark.Tensors;

namespace Bulwark.Models.Text;

/// <summary>
/// x ← norm(x + attention(x)); x ← norm(x + W₂ gelu(W₁ x)): one layer of the encoder (Vaswani et al. 2017), norms behind the sums.
/// Attention: softmax(Q Kᵀ / √d_h) V in each head, then W_o.
/// </summary>
internal sealed class BertLayer
{
    private readonly BertConfig _config;
    private readonly BertLinear _query, _key, _value, _out, _wide, _narrow;
    private readonly BertNorm _first, _second;

    public BertLayer(BertConfig config, int number)
    {
        var (d, prefix) = (config.Hidden, $"encoder.layer.{number}.");
        _config = config;
        _query = new(prefix + "attention.self.query", d, d);
        _key = new(prefix + "attention.self.key", d, d);
        _value = new(prefix + "attention.self.value", d, d);
        _out = new(prefix + "attention.output.dense", d, d);
        _first = new(prefix + "attention.output.LayerNorm", d, config.Epsilon);
        _wide = new(prefix + "intermediate.dense", d, config.Intermediate);
        _narrow = new(prefix + "output.dense", config.Intermediate, d);
        _second = new(prefix + "output.LayerNorm", d, config.Epsilon);
    }

    public Point Start(Point at, Rng rng)
    {
        foreach (var linear in new[] { _query, _key, _value, _out, _wide, _narrow }) at = linear.Start(at, rng);
        return _second.Start(_first.Start(at));
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
