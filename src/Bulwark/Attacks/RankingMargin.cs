using Bulwark.Models;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Attacks;

/// <summary>
/// The margin loss of a ranker: Σ min(max_j ŷ(u, j) − ŷ(u, i), κ) over triples, j over the candidates that were drawn for each. It is above 0 where the best of
/// them has passed the item; what is lost by κ is left alone, so that a search goes on to what still stands. The training loss saturates the other way round.
/// </summary>
public static class RankingMargin
{
    /// <summary>The objective that attackers make large.</summary>
    /// <param name="model">ŷ, without dropout.</param>
    /// <param name="won">κ, in units of the scores.</param>
    public static Objective<Triples> Of(IPairModel model, float won = 1)
    {
        Objective<Triples> gaps = (batch, _) => bare =>
        {
            var at = model.Prepared(bare);
            var gap = model.Score(at, batch.Users, batch.Negatives) - model.Score(at, batch.Users, batch.Positives);
            return gap.Clamp(float.MinValue, won).Sum();
        };
        return gaps.OnHardest(model);
    }
}
