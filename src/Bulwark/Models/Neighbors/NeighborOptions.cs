namespace Bulwark.Models.Neighbors;

/// <summary>What a pair counts when rows of the matrix of users and items are compared.</summary>
public enum Similarity
{
    /// <summary>1: who touched what. Ratings are not read.</summary>
    Cosine,

    /// <summary>The rating less the mean of its column: of the user where items are compared (Sarwar et al. 2001), of the item where users are.</summary>
    AdjustedCosine,

    /// <summary>The rating less the mean of its row: the correlation of ratings, where what is unknown counts as the mean.</summary>
    Pearson,
}

/// <summary>How much a column tells about a row.</summary>
public enum Weighting
{
    /// <summary>Each as much.</summary>
    None,

    /// <summary>idf = ln(1 + (N − n + ½) / (n + ½)) for a column with n of N rows: what few touched tells more.</summary>
    TfIdf,

    /// <summary>idf · 2.2 / (1 + 1.2 (¼ + ¾ length / mean length)): long rows count less besides (Robertson and Zaragoza 2009).</summary>
    Bm25,
}

/// <summary>
/// Settings of <see cref="ItemKnn"/> and <see cref="UserKnn"/>: s(x, y) = x·y / (‖x‖^2α ‖y‖^2(1−α) + shrinkage), of weighted rows, where y is the neighbor
/// (Aiolli 2013).
/// </summary>
/// <param name="Neighbors">How many of the most similar rows are kept; only similarities above zero.</param>
/// <param name="Shrinkage">Pulls similarities that rest on few pairs to zero.</param>
/// <param name="Similarity">What a pair counts.</param>
/// <param name="Weighting">How much its column tells.</param>
/// <param name="Asymmetry">α: ½ is the cosine; less, and long rows are neighbors of fewer.</param>
public sealed record NeighborOptions(
    int Neighbors = 100, float Shrinkage = 0, Similarity Similarity = Similarity.Cosine, Weighting Weighting = Weighting.None, float Asymmetry = 0.5f);
