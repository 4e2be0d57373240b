using System.Globalization;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Features;
using Bulwark.Models;
using Bulwark.Models.Content;
using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Training;
using Microsoft.Extensions.AI;

namespace Bulwark.Cli.Models;

/// <summary>What items look like to models of content: vectors made of their texts or attributes.</summary>
internal static class ItemFeatures
{
    private const string TfIdf = "tf-idf", Bm25 = "bm25", Attributes = "attributes", Given = "given", Learned = "text";

    /// <summary>Of a text that a small encoder learns from.</summary>
    public const int Pieces = 64;

    private const float Tiny = 1e-12f;                       // keeps an item without a text from dividing 0 by 0

    /// <summary>Items like those that a user touched, by their vectors.</summary>
    public static IRecommender Recommender(Making making)
    {
        var way = Way(making);
        if (IsDense(way)) return ContentRecommender.Cosine(making.Train, SparseRows.Of(Vectors(making)));
        if (way == Attributes) return ContentRecommender.Cosine(making.Train, OfAttributes(making));
        var texts = FactColumns.Joined(FactColumns.Texts(making));
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
            TfIdf => ItemVectors.Latent(FactColumns.Joined(FactColumns.Texts(making)), width, new Rng(making.Settings.Get(Known.DataSeed)).Fork("directions")),
            Bm25 => throw new UsageException($"{way} compares texts and makes no vectors of them; use --item-vectors {TfIdf}, {Attributes}, {Given} or {Learned}."),
            Given => Unit(OfColumns(FactColumns.Vectors(making))),
            _ => Encoded(making, way, width),
        });
    }

    /// <summary>The text encoder of the settings, one that learns from these texts or that of a folder.</summary>
    public static BertFolder Encoder(Making making) => making.Facts.Encoder ?? making.Facts.EncoderOf(
        $"{Way(making)} {making.Settings.Get(Known.Columns)} {making.Settings.Get(Known.EncoderEpochs)}",
        () => Way(making) switch
        {
            Learned => Learn(making, FactColumns.Joined(FactColumns.Texts(making))).Folder,
            var way when IsDense(way) && way != Given => BertFolder.Read(way),
            var way => throw new UsageException($"An item tower reads texts by an encoder, and {way} is none; use --item-vectors {Learned} or the folder of a BERT."),
        });

    /// <summary>What of the data's facts <see cref="Recommender"/> needs when it is made again.</summary>
    public static Facts Kept(Making making) => Way(making) switch
    {
        Attributes => new(FactColumns.Attributes(making), null),
        var way when IsDense(way) => new(null, null) { Vectors = Vectors(making) },
        _ => new(FactColumns.Texts(making), null),
    };

    /// <summary>
    /// The vectors of a text encoder, one that learned from these texts or that of a folder, in the directions in which they differ most; each of length 1.
    /// </summary>
    private static Tensor Encoded(Making making, string way, int width)
    {
        var texts = FactColumns.Joined(FactColumns.Texts(making));
        using var encoder = way == Learned ? Learn(making, texts) : new TextEncoder(BertFolder.Read(way));
        using IEmbeddingGenerator<string, Embedding<float>> generator =
            making.Settings.Get(Known.VectorCache) is { Length: > 0 } file ? new CachedEmbeddings(encoder, file) : encoder;
        var vectors = ItemVectors.Whitened(ItemVectors.OfAsync(generator, texts, making.Facts.Cancel).GetAwaiter().GetResult());
        return Unit(vectors.Slice(1, 0, Math.Min(width, vectors.Shape[1])));
    }

    /// <summary>The numbers of all columns, one after the other; zeros where one is missing.</summary>
    private static Tensor OfColumns(AttributeTable table) => Tensor.Concat(1, [.. table.Columns.Select(column =>
    {
        float[]?[] rows = [.. column.Texts.ToArray().Select((text, item) => text?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number =>
            float.TryParse(number, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value) ? value
                : throw Misfit(column, table.Ids[item], $"holds '{number}', which is no number")).ToArray())];
        var width = rows.FirstOrDefault(row => row is not null)?.Length ?? 0;
        var odd = Array.FindIndex(rows, row => row is not null && row.Length != width);
        if (odd >= 0) throw Misfit(column, table.Ids[odd], $"has {rows[odd]!.Length} numbers, and other items have {width}");
        return Tensor.Of((rows.Length, width), [.. rows.SelectMany(row => row ?? new float[width])]);
    })]);

    private static UsageException Misfit(AttributeColumn column, string item, string problem) =>
        new($"The vector of item '{item}' in column '{column.Name}' {problem}; correct it, or name other columns with --columns.");

    private static Tensor Unit(Tensor rows) => rows / (rows.NormOfRows().Reshape((rows.Shape[0], 1)) + Tiny);

    private static TextEncoder Learn(Making making, string[] texts)
    {
        var options = new CatalogEncoderOptions(Length: Pieces, Epochs: making.Settings.Get(Known.EncoderEpochs));
        return CatalogEncoder.Learn(texts, options, new Rng(making.Settings.Get(Known.DataSeed)).Fork("encoder"), making.Encoding, making.Facts.Cancel);
    }

    private static SparseRows OfAttributes(Making making)
    {
        var table = FactColumns.Attributes(making);
        return AttributeVectors.Of(table, [.. table.Columns.Select(column => column.Name)]);
    }

    /// <summary>A word, or a folder; of a saved model the folder may be gone.</summary>
    private static string Way(Making making)
    {
        var way = making.Settings.Get(Known.ItemVectors);
        return !IsDense(way) || way is Given or Learned || making.Facts.AreSaved || Directory.Exists(way) ? way
            : throw new UsageException(Suggest.Unknown("way to item vectors, or folder of a text encoder", way, [TfIdf, Bm25, Attributes, Given, Learned]));
    }

    private static bool IsDense(string way) => way is not (TfIdf or Bm25 or Attributes);
}
