using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>
/// Dynamic hard negatives (Zhang et al. 2013): j = argmax ŷ(u, j) over the items that a <see cref="TripleSource"/> drew for a triple, at the point where the loss
/// is asked for. A batch stays what it was, whatever the model says, so that training can be paused and batches filled ahead.
/// </summary>
public static class HardNegatives
{
    /// <summary>The objective against the hardest candidate of each triple. The choice has no gradient; nor had that of the largest of their scores.</summary>
    /// <param name="objective">L(u, i, j), such as BPR.</param>
    /// <param name="model">ŷ, by which candidates are compared, without dropout; of equal ones the first.</param>
    public static Objective<Triples> OnHardest(this Objective<Triples> objective, IPairModel model) => (batch, rng) =>
    {
        if (batch.Others.Count == 0) return objective(batch, rng);
        return at => objective(batch.Against(Hardest(model, at, batch)), rng)(at);
    };

    private static Ids Hardest(IPairModel model, Point bare, Triples batch)
    {
        using var scope = Scope.Open();
        var (at, chosen) = (model.PreparedFor(bare.Fixed(), [batch.Negatives, .. batch.Others]), batch.Negatives.Rows.ToArray());
        var best = model.Score(at, batch.Users, batch.Negatives).Values.ToArray();
        foreach (var list in batch.Others)
        {
            var scores = model.Score(at, batch.Users, list).Values;
            for (var b = 0; b < chosen.Length; b++)
                if (scores[b] > best[b]) (best[b], chosen[b]) = (scores[b], list.Rows[b]);
        }
        return new(chosen);
    }
}
