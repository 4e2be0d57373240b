using Bulwark.Data;
using Bulwark.Features;
using Bulwark.Models;
using Bulwark.Models.Content;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Text;

/// <summary>A recommender that reads the texts of items, and what it becomes when a seller edits one. What it learned from the catalog stays as it was.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Texts">The text of each item.</param>
/// <param name="With">The recommender with another text of one item.</param>
public sealed record TextVictim(string Name, IReadOnlyList<string> Texts, Func<int, string, IRecommender> With)
{
    /// <summary>The recommender with the texts as they are.</summary>
    public IRecommender Clean => With(0, Texts[0]);

    /// <summary>Cosines of TF-IDF vectors, trimmed or not: see <see cref="ContentRecommender.Cosine"/>.</summary>
    public static TextVictim TfIdf(Interactions liked, IReadOnlyList<string> texts, TextVectorizer terms, bool trimmed = false)
    {
        var vectors = terms.TfIdf(texts);
        return new(trimmed ? "tf-idf, trimmed" : "tf-idf", texts, (item, text) => ContentRecommender.Cosine(liked, vectors.WithRow(item, terms.TfIdf([text])), trimmed));
    }

    /// <summary>BM25 scores for what a customer bought, trimmed or not.</summary>
    public static TextVictim Bm25(Interactions liked, IReadOnlyList<string> texts, TextVectorizer terms, bool trimmed = false)
    {
        var (counts, weights) = (terms.Counts(texts), terms.Bm25(texts));
        return new(trimmed ? "bm25, trimmed" : "bm25", texts, (item, text) =>
            ContentRecommender.Bm25(liked, counts.WithRow(item, terms.Counts([text])), weights.WithRow(item, terms.Bm25([text])), trimmed));
    }

    /// <summary>Cosines of embeddings, (texts) to (texts, d), such as those of a text encoder.</summary>
    public static TextVictim Embedded(Interactions liked, IReadOnlyList<string> texts, Func<IReadOnlyList<string>, Tensor> embed)
    {
        var vectors = embed(texts).Keep();
        var popularity = new Popularity(liked.UserCount, liked.ItemCounts());
        return new("encoder", texts, (item, text) =>
        {
            var features = vectors.Values.ToArray();
            embed([text]).Values.CopyTo(features.AsSpan(item * vectors.Shape[1]));
            var model = new ContentModel(liked, Tensor.Of(vectors.Shape, features));
            return new PointRecommender(model, model.Start(new Rng(0)), popularity);
        });
    }
}
