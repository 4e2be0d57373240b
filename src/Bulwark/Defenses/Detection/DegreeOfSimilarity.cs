using Bulwark.Models.Neighbors;

namespace Bulwark.Defenses.Detection;

/// <summary>
/// DegSim_u = 1/k Σ s(u, v) over the k most similar users (Chirita, Nejdl and Zamfir 2005), s the correlation of ratings, or the cosine of clicks:
/// accounts of one hand resemble each other.
/// </summary>
public static class DegreeOfSimilarity
{
    private const int Nearest = 25;

    /// <summary>The detector.</summary>
    public static Detector Detector { get; } = new("degsim", "resembles its nearest neighbors more than people do", (profiles, _) =>
    {
        var alike = profiles.Ratings is null ? Similarity.Cosine : Similarity.Pearson;
        var weights = new RowWeights(profiles.Matrix, new(Nearest, Similarity: alike));
        var rows = weights.Rows;
        var similar = TopProduct.Of(rows, rows.Transpose(), user => weights.SimilarityTo(rows.Values(user)), Nearest, default);
        return profiles.Each(user => similar.Values(user).ToArray().Sum() / Nearest);
    });
}
