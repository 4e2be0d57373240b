using Bulwark.Attacks.Text;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Features;
using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Cli.Models;

/// <summary>What a reader of texts is made from.</summary>
/// <param name="Train">What users liked.</param>
/// <param name="Texts">The text of each item.</param>
/// <param name="Terms">The words of the texts.</param>
/// <param name="Settings">Every setting.</param>
/// <param name="Cancel">Stops it.</param>
internal sealed record ReaderGiven(Interactions Train, string[] Texts, TextVectorizer Terms, Resolved Settings, CancellationToken Cancel);

/// <summary>A recommender that reads a column of texts, as a victim of edits.</summary>
/// <param name="Name">As after <c>--reader</c>.</param>
/// <param name="Of">Makes it.</param>
internal sealed record ReaderKind(string Name, Func<ReaderGiven, TextVictim> Of)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ReaderKind> All { get; } =
    [
        new("tf-idf", given => TextVictim.TfIdf(given.Train, given.Texts, given.Terms)), new("bm25", given => TextVictim.Bm25(given.Train, given.Texts, given.Terms)),
        new("text", Encoded),
    ];

    /// <summary>By name.</summary>
    public static ReaderKind Parse(string text) => Settings.Parse.Word("reader of texts", [.. All.Select(kind => (kind.Name, kind))])(text);

    /// <summary>The small encoder that <c>--item-vectors text</c> learns from the catalog alone; an edited text is read by it as it stands.</summary>
    private static TextVictim Encoded(ReaderGiven given)
    {
        var options = new CatalogEncoderOptions(Length: ItemFeatures.Pieces, Epochs: given.Settings.Get(Known.EncoderEpochs));
        var encoder = CatalogEncoder.Learn(given.Texts, options, new Rng(given.Settings.Get(Known.DataSeed)).Fork("encoder"), null, given.Cancel);
        var white = ItemVectors.Whitening(encoder.Vectors(given.Texts));
        return TextVictim.Embedded(given.Train, given.Texts, some => white(encoder.Vectors(some)));
    }
}
