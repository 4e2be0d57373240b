using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Training;

/// <summary>Settings of <see cref="CatalogEncoder"/>.</summary>
/// <param name="Hidden">d, the length of a vector.</param>
/// <param name="Layers">Encoder layers.</param>
/// <param name="Heads">Attention heads; they divide d.</param>
/// <param name="Pieces">The most pieces of the vocabulary.</param>
/// <param name="Length">The longest sequence, with [CLS] and [SEP].</param>
/// <param name="Epochs">Passes over the texts.</param>
/// <param name="Share">How many of a text's pieces are asked for.</param>
/// <param name="Rate">The learning rate at its highest.</param>
public sealed record CatalogEncoderOptions(
    int Hidden = 128, int Layers = 1, int Heads = 4, int Pieces = 2000, int Length = 32, int Epochs = 100, float Share = 0.3f, float Rate = 0.001f);

/// <summary>A small text encoder for who has no weights: pieces and encoder are learned from a catalog's own texts, by filling holes (Devlin et al. 2019).</summary>
public static class CatalogEncoder
{
    private const int Batch = 64;
    private const float MostNorm = 50;

    /// <summary>Learns pieces and encoder.</summary>
    /// <param name="texts">The catalog's texts; null or blank where there is none.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="rng">Order, holes and start.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancel">Stops after the present step.</param>
    /// <exception cref="ArgumentException">No text has a piece.</exception>
    public static TextEncoder Learn(
        IReadOnlyList<string?> texts, CatalogEncoderOptions options, Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var (d, length) = (options.Hidden, options.Length);
        var pieces = WordPieceLearner.Learn(texts, options.Pieces);
        var head = new MaskedLanguageHead(new Bert(new BertConfig(pieces.Vocabulary.Count, d, options.Layers, options.Heads, 4 * d, MaxPositions: length)));
        var source = new MaskedTextSource(texts, pieces, Batch, rng.Fork("texts"), options.Share, length);
        var steps = (long)options.Epochs * source.StepsPerEpoch;
        var trainer = new Trainer<MaskedTexts>(source, [new("masked language", options.Epochs, Objectives.MaskedLanguage(head))], new()
        {
            Rule = new Adam(options.Rate),
            Schedule = Schedules.WarmUp(steps / 10).Times(Schedules.Cosine(steps)),
            ClipNorm = MostNorm,
        });
        var at = trainer.Run(head.Start(rng.Fork("start")), rng, null, progress, cancel).At;
        return new TextEncoder(new BertFolder(head.Encoder, head.EncoderOf(at), pieces), length);
    }
}
