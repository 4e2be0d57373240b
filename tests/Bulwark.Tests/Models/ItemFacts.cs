using Bulwark.Data;
using Bulwark.Features;
using Bulwark.Models.Content;
using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models;

/// <summary>What is said of the items of the test worlds: of the generated shop what it shows, of <see cref="Blocks"/> the block and the item itself.</summary>
internal static class ItemFacts
{
    private static readonly Shop Generated = GeneratedShop.Create(new ShopOptions(Shoppers: 300, Products: 150), 1);
    private static readonly AttributeTable Shop = Generated.Dataset.Items!;

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

    /// <summary>Pieces and a small encoder of texts that has learned nothing, or those of some texts.</summary>
    public static BertFolder Encoder(IReadOnlyList<string> texts)
    {
        var pieces = WordPieceLearner.Learn(texts, 400);
        var bert = new Bert(new BertConfig(pieces.Vocabulary.Count, 16, 1, 2, 32, MaxPositions: 24));
        return new(bert, bert.Start(new Rng(5)), pieces);
    }

    /// <summary>Pictures of the shop's products; of <see cref="Blocks"/> dark ones and light ones, a dot for each item, 4 × 4 gray pixels.</summary>
    public static Tensor Pictures(Interactions train)
    {
        if (InShop(train))
        {
            var pictures = Generated.Media.Pictures;
            var rows = train.Items.Ids.Select(id => Shop.Ids.TryGet(id, out var row) ? row : throw new KeyNotFoundException(id));
            return Tensor.Of(pictures.ShapeOf(train.ItemCount), [.. rows.SelectMany(row => pictures[row].ToArray())]);
        }
        var pixels = new float[train.ItemCount * 16];
        for (var p = 0; p < pixels.Length; p++) pixels[p] = p % 16 == p / 16 % 16 ? 0.5f : 0.1f + 0.8f * (p / 16 / Blocks.ItemsEach);
        return Tensor.Of((train.ItemCount, 4, 4, 1), pixels);
    }

    public static string[] Texts(Interactions train) => InShop(train)
        ? [.. Shop.Align(train.Items) is var table ? table["category"].Texts.ToArray().Zip(table["description"].Texts.ToArray(), (a, b) => $"{a} {b}") : []]
        : [.. Numbers(train).Select(item => $"block{item / Blocks.ItemsEach} item{item}")];

    private static IEnumerable<int> Numbers(Interactions train) => Enumerable.Range(0, train.ItemCount);

    private static bool InShop(Interactions train) => train.Items[0][0] == 'p';
}
