using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Text;

/// <summary>
/// The encoder of BERT (Devlin et al. 2019) as a formula: h⁰ = norm(word + position + type), then <see cref="BertConfig.Layers"/> layers of
/// attention and a two-layer network. Variables are named as published models name them. It has settings and variables and keeps no state.
/// </summary>
public sealed class Bert
{
    private readonly Variable _positions = new("embeddings.position_embeddings.weight"), _types = new("embeddings.token_type_embeddings.weight");
    private readonly Norm _norm;
    private readonly BertLayer[] _layers;
    private readonly Dense? _pooler;

    /// <summary>An encoder of these sizes.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="pooler">Whether there is a row for the whole text, tanh of a map of the first piece's.</param>
    /// <exception cref="ArgumentException">The heads do not divide the hidden size.</exception>
    public Bert(BertConfig config, bool pooler = false)
    {
        if (config.Hidden % config.Heads != 0) throw new ArgumentException($"{config.Heads} heads do not divide the hidden size {config.Hidden}.", nameof(config));
        (Config, HasPooler) = (config, pooler);
        _norm = new("embeddings.LayerNorm", config.Epsilon);
        _layers = [.. Enumerable.Range(0, config.Layers).Select(number => new BertLayer(config, number))];
        _pooler = pooler ? new("pooler.dense") : null;
    }

    /// <summary>The sizes.</summary>
    public BertConfig Config { get; }

    /// <summary>Whether <see cref="Pooled"/> can be asked.</summary>
    public bool HasPooler { get; }

    /// <summary>Rows of the pieces, (vocabulary, d): what an attack on word embeddings moves.</summary>
    public Variable Words { get; } = new("embeddings.word_embeddings.weight");

    /// <summary>Starting values, as published: normal with deviation .02 truncated at two deviations; norms are the identity, biases 0.</summary>
    public Point Start(Rng rng)
    {
        var at = new Point(
            (Words, Tensor.TruncatedGaussian((Config.VocabularySize, Config.Hidden), BertConfig.Deviation, rng.Fork(Words.Name))),
            (_positions, Tensor.TruncatedGaussian((Config.MaxPositions, Config.Hidden), BertConfig.Deviation, rng.Fork(_positions.Name))),
            (_types, Tensor.TruncatedGaussian((Config.Types, Config.Hidden), BertConfig.Deviation, rng.Fork(_types.Name))));
        at = _norm.Start(at, Config.Hidden);
        foreach (var layer in _layers) at = layer.Start(at, rng);
        return _pooler is null ? at : _pooler.Start(at, Config.Hidden, Config.Hidden, BertConfig.Deviation, rng);
    }

    /// <summary>The last layer's rows, (count, t, d); those behind a sequence's end mean nothing. With a source of randomness, dropout is on.</summary>
    /// <exception cref="ArgumentException">The sequences are longer than <see cref="BertConfig.MaxPositions"/>.</exception>
    public Tensor Of(Point at, TokenBatch batch, Rng? rng = null) => Encode(at, Embed(at, batch), batch, rng);

    /// <summary>The rows of a batch's pieces: (count, t, d).</summary>
    public Tensor Embed(Point at, TokenBatch batch) => at[Words].Rows(batch.Pieces).Reshape((batch.Count, batch.Length, Config.Hidden));

    /// <summary><see cref="Of"/> from rows of the pieces, (count, t, d), which may have been moved.</summary>
    /// <exception cref="ArgumentException">The sequences are longer than <see cref="BertConfig.MaxPositions"/>.</exception>
    public Tensor Encode(Point at, Tensor words, TokenBatch batch, Rng? rng = null)
    {
        if (batch.Length > Config.MaxPositions)
            throw new ArgumentException($"A sequence has {batch.Length} pieces, the model places for {Config.MaxPositions}; cut it when encoding.", nameof(batch));
        var x = _norm.Of(at, words + at[_positions].Slice(0, 0, batch.Length) + at[_types].Slice(0, 0, 1)).Dropout(Config.Dropout, rng?.Fork("embeddings"));
        var mask = batch.Mask;
        for (var number = 0; number < _layers.Length; number++) x = _layers[number].Of(at, x, mask, rng?.Fork(number));
        return x;
    }

    /// <summary>tanh(h_first W + b): (count, t, d) of <see cref="Of"/> to (count, d).</summary>
    /// <exception cref="InvalidOperationException">This model has no pooler.</exception>
    public Tensor Pooled(Point at, Tensor rows) => _pooler is { } pooler
        ? pooler.Of(at, rows.Slice(1, 0, 1).Reshape((rows.Shape[0], Config.Hidden))).Tanh()
        : throw new InvalidOperationException("This model has no pooler; take the mean of its rows.");

    /// <summary>The mean of each sequence's own rows: (count, t, d) of <see cref="Of"/> to (count, d).</summary>
    public static Tensor Mean(Tensor rows, TokenBatch batch) => batch.Share.MatMul(rows).Reshape((batch.Count, rows.Shape[2]));
}
