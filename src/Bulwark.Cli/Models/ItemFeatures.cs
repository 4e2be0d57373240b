using Bulwark.Cli.Settings;
using Bulwark.Features;
using Bulwark.Models;
using Bulwark.Models.Content;
using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Cli.Models;

/// <summary>What items look like to models of content: vectors made of their texts or attributes.</summary>
internal static class ItemFeatures
{
    private const string TfIdf = "tf-idf", Bm25 = "bm25", Attributes = "attributes";

    /// <summary>Items like those that a user touched, by their vectors.</summary>
    public static IRecommender Recommender(Making making)
    {
        var way = Way(making);
        if (way == Attributes) return ContentRecommender.Cosine(making.Train, OfAttributes(making));
        var texts = ItemColumns.Joined(ItemColumns.Texts(making));
        var terms = new TextVectorizer(texts, JoinedTokenizer.EnglishAndChinese);
        return way == Bm25 ? ContentRecommender.Bm25(making.Train, terms.Counts(texts), terms.Bm25(texts)) : ContentRecommender.Cosine(making.Train, terms.TfIdf(texts));
    }

    /// <summary>Vectors for a factorization over features, (items, d).</summary>
    public static Tensor Vectors(Making making)
    {
        var (way, columns, width) = (Way(making), making.Settings.Get(Known.Columns), making.Settings.Get(Known.VectorWidth));
        return making.Facts.VectorsOf($"{way} {columns} {width}", () => way switch
        {
            Attributes => OfAttributes(making).ToTensor(),
            TfIdf => ItemVectors.Latent(ItemColumns.Joined(ItemColumns.Texts(making)), width, new Rng(making.Settings.Get(Known.DataSeed)).Fork("directions")),
            _ => throw new UsageException($"{way} compares texts and makes no vectors of them; use --item-vectors {TfIdf} or {Attributes}."),
        });
    }

    /// <summary>What of the data's facts <see cref="Recommender"/> needs when it is made again.</summary>
    public static Facts Kept(Making making) => new(Way(making) == Attributes ? ItemColumns.Attributes(making) : ItemColumns.Texts(making), null);

    private static SparseRows OfAttributes(Making making)
    {
        var table = ItemColumns.Attributes(making);
        return AttributeVectors.Of(table, [.. table.Columns.Select(column => column.Name)]);
    }

    private static string Way(Making making) => making.Settings.Get(Known.ItemVectors) is (TfIdf or Bm25 or Attributes) and var way ? way
        : throw new UsageException(Suggest.Unknown("way to item vectors", making.Settings.Get(Known.ItemVectors), [TfIdf, Bm25, Attributes]));
}
