using Bulwark.Data;
using Bulwark.Features;
using Bulwark.Models;
using Bulwark.Models.Content;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Text;

/// <summary>A recommender that reads the texts of items, and what becomes of it when a seller edits one. What it learned from the catalog stays as it was.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Texts">The text of each item.</param>
/// <param name="Clean">The recommender with these texts.</param>
/// <param name="With">The recommender with another text of one item.</param>
/// <param name="Scores">What an item with each of some texts would score for users who do not have it: row-major (users, texts).</param>
public sealed record TextVictim(
    string Name, IReadOnlyList<string> Texts, IRecommender Clean, Func<int, string, IRecommender> With, Func<int[], IReadOnlyList<string>, float[]> Scores)
{
    /// <summary>Cosines of TF-IDF vectors.</summary>
    public static TextVictim TfIdf(Interactions liked, IReadOnlyList<string> texts, TextVectorizer terms) =>
        Cosine("tf-idf", liked, texts, terms.TfIdf);

    /// <summary>Cosines of embeddings, (texts) to (texts, d), such as those of a text encoder.</summary>
    public static TextVictim Embedded(Interactions liked, IReadOnlyList<string> texts, Func<IReadOnlyList<string>, Tensor> embed) =>
        Cosine("encoder", liked, texts, some => SparseRows.Of(embed(some)));

    /// <summary>BM25 scores for what a customer bought.</summary>
    public static TextVictim Bm25(Interactions liked, IReadOnlyList<string> texts, TextVectorizer terms)
    {
        var (counts, weights) = (terms.Counts(texts), terms.Bm25(texts));
        var clean = ContentRecommender.Bm25(liked, counts, weights);
        return new("bm25", texts, clean,
            (item, text) => ContentRecommender.Bm25(liked, counts.WithRow(item, terms.Counts([text])), weights.WithRow(item, terms.Bm25([text]))),
            (users, some) => clean.ScoreVectors(users, terms.Bm25(some)));
    }

    private static TextVictim Cosine(string name, Interactions liked, IReadOnlyList<string> texts, Func<IReadOnlyList<string>, SparseRows> embed)
    {
        var vectors = embed(texts);
        var clean = ContentRecommender.Cosine(liked, vectors);
        return new(name, texts, clean,
            (item, text) => ContentRecommender.Cosine(liked, vectors.WithRow(item, embed([text]))), (users, some) => clean.ScoreVectors(users, embed(some)));
    }
}
