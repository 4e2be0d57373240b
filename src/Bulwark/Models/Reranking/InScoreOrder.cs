namespace Bulwark.Models.Reranking;

/// <summary>What a re-ranking chose, in the order of scores: a list's variety does not depend on its order, its accuracy does.</summary>
public static class InScoreOrder
{
    /// <summary>The same items, the best by score first; of equal ones, the one chosen first.</summary>
    public static Rerank Of(Rerank choose) => (scores, history, k) =>
    {
        var list = choose(scores, history, k);
        var of = new float[list.Length];
        for (var place = 0; place < of.Length; place++) of[place] = scores[list[place]];
        return [.. Enumerable.Range(0, list.Length).OrderByDescending(place => of[place]).Select(place => list[place])];
    };
}
