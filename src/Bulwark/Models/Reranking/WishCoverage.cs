using Bulwark.Tensors;

namespace Bulwark.Models.Reranking;

/// <summary>Vectors of what someone with this history might want next: (wishes, d).</summary>
public delegate Tensor Wishes(ReadOnlySpan<int> history);

/// <summary>
/// Lists that answer many wishes: each place goes to the item that adds most to λ Σ s(i) + (1 − λ) mean_w max_i cos⁺(w, i) − ρ/k Σ_{i,j} cos(i, j), with scores s brought
/// to [0, 1] over the candidates: a facility location over the wishes (El-Arini et al. 2009) and the dispersion of the list (Borodin, Lee and Ye 2012). A wish that
/// is answered asks for nothing more, so the list turns to the others.
/// </summary>
public static class WishCoverage
{
    private const float Tiny = 1e-12f;                       // keeps a row of zeros from dividing 0 by 0

    /// <summary>The re-ranking at one λ.</summary>
    /// <param name="wishes">What each user might want.</param>
    /// <param name="items">(items, d), in the same space.</param>
    /// <param name="lambda">λ in [0, 1]: 1 keeps the order of scores.</param>
    /// <param name="apart">ρ ≥ 0: what an item loses for its mean cosine with the list.</param>
    /// <param name="candidates">How many of the best items may enter, if that is more than the list is long.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is outside [0, 1], ρ is negative, or there are no candidates.</exception>
    public static Rerank At(Wishes wishes, Tensor items, float lambda, float apart = 0, int candidates = 100)
    {
        if (!(lambda is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "λ lies in [0, 1].");
        ArgumentOutOfRangeException.ThrowIfNegative(apart);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        var unit = Unit(items).Keep();
        return (scores, history, k) =>
        {
            using var scope = Scope.Open();
            var (list, relevance) = Candidates.Of(scores, Math.Max(candidates, k));
            if (list.Length == 0) return [];
            var rows = unit.Rows(new Ids(list));                                                 // (candidates, d)
            var answers = rows.MatMul(Unit(wishes(history)), transposeY: true).Relu();           // (candidates, wishes)
            var (values, answered) = (answers.Values.ToArray(), new double[answers.Shape[1]]);
            var (alike, near) = (rows.MatMul(rows, transposeY: true).Values.ToArray(), new double[list.Length]);
            return Candidates.Greedy(list, k, n => lambda * relevance[n] + (1 - lambda) * Gain(n) - apart / k * near[n], taken =>
            {
                for (var w = 0; w < answered.Length; w++) answered[w] = Math.Max(answered[w], values[taken * answered.Length + w]);
                for (var n = 0; n < near.Length; n++) near[n] += alike[n * near.Length + taken];
            });

            double Gain(int n)
            {
                var sum = 0.0;
                for (var w = 0; w < answered.Length; w++) sum += Math.Max(0, values[n * answered.Length + w] - answered[w]);
                return sum / answered.Length;
            }
        };
    }

    private static Tensor Unit(Tensor rows) => rows / (rows.NormOfRows().Reshape((rows.Shape[0], 1)) + Tiny);
}
