using Bulwark.Cli.Settings;
using Bulwark.Models;
using Bulwark.Models.Classifiers;
using Bulwark.Models.Content;
using Bulwark.Models.Convolutional;
using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Cli.Models;

/// <summary>Item towers: an encoder over the items' own content that learns with the recommender.</summary>
internal static class TowerKinds
{
    private static readonly ConvolutionalOptions Small = new(64, 0, (16, new(3, 3, 2, 1)), (32, new(3, 3, 2, 1)));

    public static readonly ModelKind Text = new(
        "text-tower", "A text encoder over items, fine-tuned with the users' rows, beside a factorization", "He and McAuley 2016; Devlin et al. 2019",
        "interactions, and texts of items", Pairwise.Bpr(making => Tower(making, () => Texts(making))))
    {
        Keeps = making => Tuned(making) ? new(FactColumns.Texts(making), null) { Encoder = ItemFeatures.Encoder(making) } : Facts.None,
        Features = Moved,
        ScoresNewItems = true,
        Defaults = Defaults((Known.ItemVectors, "text")),
    };

    public static readonly ModelKind Image = new(
        "image-tower", "A convolutional encoder over pictures of items, learned with the users' rows, beside a factorization", "He and McAuley 2016",
        "interactions, and pictures of items", Pairwise.Bpr(making => Tower(making, () => Pictures(making))))
    {
        Keeps = _ => Facts.None,                             // the weights hold the pictures
        Features = Moved,
        ScoresNewItems = true,
        Defaults = Defaults(),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelKind> All { get; } = [Text, Image];

    private static IReadOnlyDictionary<string, string> Defaults(params (Setting, string)[] more) => ModelKinds.With(
    [
        (Known.Dimension, "32"), (Known.Shrinkage, "5"), (Known.Negatives, "popularity"), (Known.Optimizer, "adam"), (Known.Rate, "0.001"),
        (Known.Batch, "1024"), (Known.Epochs, "5"), .. more,
    ]);

    /// <summary>
    /// The encoder's vectors at the start, whitened, are where it starts; frozen, they are all that is read. A saved model's values come from its file, so that
    /// nothing is encoded for a start.
    /// </summary>
    private static ItemTower Tower(Making making, Func<IItemEncoder> content)
    {
        var (settings, facts) = (making.Settings, making.Facts);
        var profile = (float)settings.Get(Known.Profile);
        var encoder = facts.Vectors is { } vectors ? new GivenItems(vectors) : Whitened(making, content());
        return new(making.Train, encoder, new(
            settings.Get(Known.Dimension), Math.Min(settings.Get(Known.VectorWidth), encoder.Dimension), Shrink: (float)settings.Get(Known.Shrinkage),
            Profile: facts.AreSaved ? 0 : profile));
    }

    private static IItemEncoder Whitened(Making making, IItemEncoder encoder)
    {
        var d = encoder.Dimension;
        if (making.Facts.AreSaved) return new WhitenedItems(encoder, Tensor.Zeros(d), Tensor.Zeros((d, d)));
        var start = encoder.EncodeAll(encoder.Start(Source(making)));
        var (mean, map) = ItemVectors.WhiteningOf(start);
        IItemEncoder whitened = new WhitenedItems(encoder, mean, map);
        return Tuned(making) ? whitened : new GivenItems(whitened.EncodeAll(whitened.Start(Source(making))));
    }

    private static TextItems Texts(Making making) =>
        new(ItemFeatures.Encoder(making), FactColumns.Joined(FactColumns.Texts(making)), ItemFeatures.Pieces);

    private static PictureItems Pictures(Making making)
    {
        var pictures = FactColumns.Pictures(making);
        var encoder = new ImageEncoder((pictures.Shape[1], pictures.Shape[2], pictures.Shape[3]), Small);
        return new(encoder, pictures, encoder.Start(new Point(), Source(making)));
    }

    private static Rng Source(Making making) => making.Facts.AreSaved ? new(0) : new Rng(making.Settings.Get(Known.DataSeed)).Fork("encoder");

    private static bool Tuned(Making making) => making.Settings.Get(Known.FineTune);

    /// <summary>What an attack on features moves: pictures, rows of the pieces of texts, or frozen vectors.</summary>
    private static IReadOnlyList<Variable> Moved(IModel model) => [((ItemTower)model).Encoder.Content];
}
