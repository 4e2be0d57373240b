using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>A small text encoder that learned from a catalog's texts alone.</summary>
internal static class SmallEncoder
{
    public static TextEncoder Learn(string[] texts, Arguments options, Rng rng)
    {
        var settings = new CatalogEncoderOptions(
            options.Int("hidden", 128), options.Int("layers", 1), options.Int("heads", 4), options.Int("pieces", 2000), Epochs: options.Int("mlm-epochs", 100),
            Share: options.Float("share", 0.3f), Rate: options.Float("mlm-rate", 0.001f));
        return CatalogEncoder.Learn(texts, settings, rng);
    }
}
