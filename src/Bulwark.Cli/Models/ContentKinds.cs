using Bulwark.Cli.Settings;
using Bulwark.Features;
using Bulwark.Models.Content;

namespace Bulwark.Cli.Models;

/// <summary>Models that read what is known of items, and so rank those that nobody has touched.</summary>
internal static class ContentKinds
{
    public static readonly ModelKind Content = new(
        "content", "Items whose texts or attributes are like those of what a user touched", "Salton and Buckley 1988; Robertson and Zaragoza 2009",
        "interactions, and texts or attributes of items", null)
    {
        Remembers = static (making, _) => ItemFeatures.Recommender(making),
        Keeps = ItemFeatures.Kept,
        ScoresNewItems = true,
    };

    public static readonly ModelKind Attributes = new(
        "attributes", "Items of the same categories and near numbers as what a user touched", "Gower 1971", "interactions, and attributes of items", null)
    {
        Remembers = static (making, _) =>
        {
            var table = FactColumns.Attributes(making);
            return new AttributeRecommender(making.Train, new AttributeSimilarity(table, [.. table.Columns.Select(column => (column.Name, 1f))]));
        },
        Keeps = making => new(FactColumns.Attributes(making), null),
        ScoresNewItems = true,
    };

    public static readonly ModelKind Vbpr = new(
        "vbpr", "Matrix factorization beside the features of items, learned from pairs of items", "He and McAuley 2016, VBPR",
        "interactions, and attributes or texts of items", Pairwise.Bpr(
        making => new Vbpr(making.Train.UserCount, ItemFeatures.Vectors(making), making.Train.ItemCounts(), new(
            making.Settings.Get(Known.Dimension), making.Settings.Get(Known.Dimension), Shrink: (float)making.Settings.Get(Known.Shrinkage)))))
    {
        Keeps = _ => Facts.None,                             // the weights hold the features
        Features = model => [((Vbpr)model).Features],
        ScoresNewItems = true,
        Defaults = ModelKinds.With(
            (Known.ItemVectors, "attributes"), (Known.Dimension, "32"), (Known.Shrinkage, "5"), (Known.L2, "0.01"), (Known.Batch, "1024")),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelKind> All { get; } = [Content, Attributes, Vbpr];
}
