using Bulwark.Data;
using Bulwark.Features;
using Bulwark.Models.Content;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models;

/// <summary>What is said of the items of the test worlds: of the generated shop what it shows, of <see cref="Blocks"/> the block and the item itself.</summary>
internal static class ItemFacts
{
    private static readonly AttributeTable Shop = GeneratedShop.Create(new ShopOptions(Shoppers: 300, Products: 150), 1).Dataset.Items!;

    public static SparseRows TfIdf(Interactions train)
    {
        var texts = Texts(train);
        return new TextVectorizer(texts, new WordTokenizer()).TfIdf(texts);
    }

    public static ContentRecommender Bm25(Interactions train)
    {
        var texts = Texts(train);
        var terms = new TextVectorizer(texts, new WordTokenizer());
        return ContentRecommender.Bm25(train, terms.Counts(texts), terms.Bm25(texts));
    }

    public static AttributeSimilarity Alike(Interactions train) => InShop(train)
        ? new(Shop.Align(train.Items), ("category", 1), ("brand", 1), ("price", 1))
        : new(new(train.Items,
            [
                new("block", [.. Numbers(train).Select(item => $"{item / Blocks.ItemsEach}")]), new("item", [.. Numbers(train).Select(item => $"{item}")]),
            ]), ("block", 1), ("item", 1));

    private static string[] Texts(Interactions train) => InShop(train)
        ? [.. Shop.Align(train.Items) is var table ? table["category"].Texts.ToArray().Zip(table["description"].Texts.ToArray(), (a, b) => $"{a} {b}") : []]
        : [.. Numbers(train).Select(item => $"block{item / Blocks.ItemsEach} item{item}")];

    private static IEnumerable<int> Numbers(Interactions train) => Enumerable.Range(0, train.ItemCount);

    private static bool InShop(Interactions train) => train.Items[0][0] == 'p';
}
