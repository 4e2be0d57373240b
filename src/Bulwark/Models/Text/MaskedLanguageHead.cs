using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Text;

/// <summary>What stood at a masked place: logits = norm(gelu(h W + b)) · wordsᵀ + c over the vocabulary, the table of pieces used twice (Devlin et al. 2019).</summary>
public sealed class MaskedLanguageHead(Bert encoder)
{
    private readonly Dense _dense = new("cls.predictions.transform.dense");
    private readonly Norm _norm = new("cls.predictions.transform.LayerNorm", encoder.Config.Epsilon);
    private readonly Variable _bias = new("cls.predictions.bias");

    /// <summary>The encoder below.</summary>
    public Bert Encoder => encoder;

    /// <summary>Starting values of encoder and head.</summary>
    public Point Start(Rng rng)
    {
        var d = encoder.Config.Hidden;
        var at = _dense.Start(encoder.Start(rng), d, d, BertConfig.Deviation, rng);
        return _norm.Start(at, d).With(_bias, Tensor.Zeros(encoder.Config.VocabularySize));
    }

    /// <summary>The values of the encoder alone.</summary>
    public Point EncoderOf(Point at)
    {
        var own = encoder.Start(new Rng(0));
        return own.Map((variable, _) => at[variable]);
    }

    /// <summary>Logits at some places: rows of the last layer, (places, d), to (places, vocabulary).</summary>
    public Tensor Of(Point at, Tensor rows) =>
        _norm.Of(at, _dense.Of(at, rows).Gelu()).MatMul(at[encoder.Words], transposeY: true) + at[_bias];
}
