namespace Bulwark.Models.Reranking;

/// <summary>
/// Maximal marginal relevance (Carbonell and Goldstein 1998): each place goes to argmax_i λ s(i) − (1 − λ) max_{j taken} sim(i, j), with scores s
/// brought to [0, 1] over the candidates and sim = 1 − distance.
/// </summary>
public static class MarginalRelevance
{
    /// <summary>The re-ranking at one λ.</summary>
    /// <param name="distance">How unlike two items are, symmetric, such as 1 − cosine.</param>
    /// <param name="lambda">λ in [0, 1]: 1 keeps the order of scores; at 0 each item is the most unlike those before it, and the first the best.</param>
    /// <param name="candidates">How many of the best items may enter, if that is more than the list is long.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is outside [0, 1], or there are no candidates.</exception>
    public static Rerank At(Func<int, int, double> distance, float lambda, int candidates = 100)
    {
        if (!(lambda is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "λ lies in [0, 1].");
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        return (scores, _, k) =>
        {
            var (items, relevance) = Candidates.Of(scores, Math.Max(candidates, k));
            var nearest = new double[items.Length];                                              // the highest similarity to what is taken
            var any = false;
            return Candidates.Greedy(items, k, n => lambda * relevance[n] - (1 - lambda) * nearest[n], taken =>
            {
                for (var n = 0; n < items.Length; n++)
                {
                    var similarity = 1 - distance(items[n], items[taken]);
                    nearest[n] = any ? Math.Max(nearest[n], similarity) : similarity;
                }
                any = true;
            });
        };
    }
}
