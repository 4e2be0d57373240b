using Bulwark.Features;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Text;

/// <summary>How alike two texts are: cosines, for <see cref="TextLimit"/>.</summary>
public static class TextSimilarity
{
    /// <summary>The cosine of TF-IDF vectors; 0 where a text has no known term.</summary>
    public static Func<string, string, double> TfIdf(TextVectorizer terms) => Embedded(texts => terms.TfIdf(texts).ToTensor());

    /// <summary>The cosine of embeddings, (texts) to (texts, d), such as those of a text encoder.</summary>
    public static Func<string, string, double> Embedded(Func<IReadOnlyList<string>, Tensor> embed) => (x, y) =>
    {
        using var scope = Scope.Open();
        var vectors = embed([x, y]);
        var (a, b) = (vectors.Rows(new Ids(0)), vectors.Rows(new Ids(1)));
        var lengths = Math.Sqrt((double)(a * a).Sum().Item() * (b * b).Sum().Item());
        return lengths > 0 ? (a * b).Sum().Item() / lengths : 0;
    };
}
