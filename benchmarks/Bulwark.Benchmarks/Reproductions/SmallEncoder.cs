using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>A small text encoder that learned from a catalog's texts alone.</summary>
internal static class SmallEncoder
{
    private const int Most = 32;

    public static TextEncoder Learn(string[] texts, Arguments options, Rng rng)
    {
        var (d, epochs, batch) = (options.Int("hidden", 128), options.Int("mlm-epochs", 100), 64);
        var pieces = WordPieceLearner.Learn(texts, options.Int("pieces", 2000));
        var config = new BertConfig(pieces.Vocabulary.Count, d, options.Int("layers", 1), options.Int("heads", 4), 4 * d, MaxPositions: Most);
        var head = new MaskedLanguageHead(new Bert(config));
        var source = new MaskedTextSource(texts, pieces, batch, rng.Fork("texts"), options.Float("share", 0.3f), Most);
        var steps = (long)epochs * source.StepsPerEpoch;
        var trainer = new Trainer<MaskedTexts>(source, [new("masked language", epochs, Objectives.MaskedLanguage(head))], new()
        {
            Rule = new Adam(options.Float("mlm-rate", 0.001f)),
            Schedule = Schedules.WarmUp(steps / 10).Times(Schedules.Cosine(steps)),
            ClipNorm = 50,
        });
        var result = trainer.Run(head.Start(rng.Fork("start")), rng);
        Console.Error.WriteLine($"encoder: {pieces.Vocabulary.Count} pieces, loss {string.Join(' ', result.Curve.Where(e => e.Epoch % Math.Max(epochs / 6, 1) == 0).Select(e => $"{e.Loss:F2}"))}");
        return new TextEncoder(new BertFolder(head.Encoder, head.EncoderOf(result.At), pieces), Most);
    }
}
