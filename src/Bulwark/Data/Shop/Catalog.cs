using System.Globalization;
using Bulwark.Tensors;

namespace Bulwark.Data;

/// <summary>The products of a shop: where they lie in the space of tastes, how well known they are, and what the shop says about them.</summary>
internal sealed class Catalog
{
    /// <summary>Dimensions of taste.</summary>
    public const int Dim = 8;

    private const float BrandPull = 0.3f, Spread = 0.8f, ZipfExponent = 1f, ZipfShift = 10f, BrandDeviation = 0.3f, PriceDeviation = 0.5f;

    public Catalog(ShopOptions options, Rng rng)
    {
        Count = options.Products;
        Ids = new(Enumerable.Range(0, Count).Select(product => $"p{product + 1:00000}"));
        (Vectors, Bias, Price, Brands) = (new float[Count * Dim], new float[Count], new float[Count], new int[Count]);
        var categories = RandomDirections(options.Categories, rng.Fork("categories"));
        var brands = RandomDirections(options.Brands, rng.Fork("brands"));
        var ranks = Enumerable.Range(0, Count).ToArray();
        rng.Fork("popularity").Shuffle<int>(ranks);

        var (names, brandNames, prices) = (new string[Count], new string[Count], new float[Count]);
        var (titles, titlesChinese, texts, textsChinese) = (new string[Count], new string[Count], new string[Count], new string[Count]);
        var effects = rng.Fork("brand effects");
        var brandEffect = Enumerable.Range(0, options.Brands).Select(_ => BrandDeviation * (float)effects.NextGaussian()).ToArray();
        for (var product = 0; product < Count; product++)
        {
            var own = rng.Fork(product);
            var (category, brand) = (product % options.Categories, Brands[product] = own.Next(options.Brands));
            var vector = Vectors.AsSpan(product * Dim, Dim);
            for (var d = 0; d < Dim; d++)
                vector[d] = categories[category * Dim + d] + BrandPull * brands[brand * Dim + d] + Spread * (float)own.NextGaussian() / MathF.Sqrt(Dim);
            Normalize(vector);
            Bias[product] = brandEffect[brand] - ZipfExponent * MathF.Log(ranks[product] + ZipfShift);

            Price[product] = PriceDeviation * (float)own.NextGaussian();
            prices[product] = (float)Math.Floor(ShopWords.Categories[category % ShopWords.Categories.Length].Price * Math.Exp(Price[product])) + 0.99f;
            names[product] = ShopWords.Category(category).English;
            brandNames[product] = ShopWords.Brand(brand);
            (titles[product], titlesChinese[product], texts[product], textsChinese[product]) = Describe(vector, category, brandNames[product], own);
        }
        Table = new(Ids,
        [
            new("category", names), new("brand", brandNames), new("price", prices),
            new("title", titles, AttributeKind.TokenSequence), new("description", texts, AttributeKind.TokenSequence),
            new("title_zh", titlesChinese, AttributeKind.TokenSequence), new("description_zh", textsChinese, AttributeKind.TokenSequence),
        ]);
    }

    /// <summary>Number of products.</summary>
    public int Count { get; }

    /// <summary>Ids.</summary>
    public Vocabulary Ids { get; }

    /// <summary>(products, Dim) unit vectors.</summary>
    public float[] Vectors { get; }

    /// <summary>(products) log of the weight that taste does not explain: Zipf popularity and brand.</summary>
    public float[] Bias { get; }

    /// <summary>(products) log of the price over the usual price of the category.</summary>
    public float[] Price { get; }

    /// <summary>(products) the number of the brand.</summary>
    public int[] Brands { get; }

    /// <summary>What the shop shows.</summary>
    public AttributeTable Table { get; }

    /// <summary>Scales to length 1.</summary>
    public static void Normalize(Span<float> vector)
    {
        var squares = 0f;
        foreach (var x in vector) squares += x * x;
        var scale = 1 / MathF.Sqrt(squares);
        foreach (ref var x in vector) x *= scale;
    }

    /// <summary>(count, Dim) random unit vectors.</summary>
    public static float[] RandomDirections(int count, Rng rng)
    {
        var vectors = new float[count * Dim];
        foreach (ref var x in vectors.AsSpan()) x = (float)rng.NextGaussian();
        for (var at = 0; at < count; at++) Normalize(vectors.AsSpan(at * Dim, Dim));
        return vectors;
    }

    /// <summary>Texts whose style words are those of the product's two largest dimensions.</summary>
    private static (string Title, string TitleChinese, string Text, string TextChinese) Describe(
        ReadOnlySpan<float> vector, int category, string brand, Rng rng)
    {
        var first = Largest(vector, -1);
        var (style, other) = (Style(vector, first), Style(vector, Largest(vector, first)));
        var words = ShopWords.Categories[category % ShopWords.Categories.Length];
        var noun = words.Nouns[rng.Next(words.Nouns.Length)];
        var material = ShopWords.Materials[rng.Next(ShopWords.Materials.Length)];
        var model = rng.Next(900) + 100;
        var article = style.English[0] == 'o' ? "An" : "A";
        return (
            string.Create(CultureInfo.InvariantCulture, $"{brand} {Capital(style.English)} {Capital(material.English)} {noun.English} {model}"),
            string.Create(CultureInfo.InvariantCulture, $"{brand} {style.Chinese}{material.Chinese}{noun.Chinese} {model}"),
            $"{article} {style.English} and {other.English} {noun.English.ToLowerInvariant()} in {material.English}, " +
            $"made by {brand} for those who like it {style.English}.",
            $"{brand}出品的{style.Chinese}{other.Chinese}{noun.Chinese}，{material.Chinese}材质，适合喜欢{style.Chinese}风格的您。");
    }

    private static int Largest(ReadOnlySpan<float> vector, int besides)
    {
        var best = besides == 0 ? 1 : 0;
        for (var d = 0; d < Dim; d++)
            if (d != besides && Math.Abs(vector[d]) > Math.Abs(vector[best])) best = d;
        return best;
    }

    private static Word Style(ReadOnlySpan<float> vector, int d) => vector[d] < 0 ? ShopWords.Styles[d].Low : ShopWords.Styles[d].High;

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
