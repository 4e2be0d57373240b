using Bulwark.Models;
using Bulwark.Models.Ensembles;

namespace Bulwark.Evaluation;

/// <summary>Chooses the weights of a blend on validation items.</summary>
public static class BlendSearch
{
    /// <summary>
    /// Coordinate ascent over whole shares: weights of the unit 1/<paramref name="parts"/>, at first the best member alone, move one part at a time from a
    /// member to another while the metric rises. Equal figures keep what was found first, so the same task gives the same weights.
    /// </summary>
    /// <param name="members">What may be blended; at least one.</param>
    /// <param name="scale">How scores are brought to one scale.</param>
    /// <param name="validation">What the metric is measured on: not the test part.</param>
    /// <param name="metric">Higher is better.</param>
    /// <param name="parts">How finely weights are cut.</param>
    /// <param name="cancel">Stops between measurements.</param>
    /// <returns>The blend, its weights, which sum to 1, and the metric there.</returns>
    /// <exception cref="ArgumentException">There is no member or they differ in users or items, or there are no parts.</exception>
    public static (Blend Blend, float[] Weights, double Value) Run(
        IReadOnlyList<IRecommender> members, ScoreScale scale, RankingTask validation, Metric metric, int parts = 10, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        var tried = new HashSet<string>();
        int[] shares = [];
        var best = double.NegativeInfinity;
        for (var m = 0; m < members.Count; m++) Try([.. members.Select((_, n) => n == m ? parts : 0)]);
        if (shares.Length == 0) throw new ArgumentException("A blend needs at least one member.", nameof(members));
        for (var rose = true; rose;)
        {
            rose = false;
            for (var step = Math.Max(1, parts / 4); step > 0; step /= 2)
                for (var from = 0; from < shares.Length; from++)
                    for (var to = 0; to < shares.Length; to++)
                    {
                        if (from == to || shares[from] < step) continue;
                        var moved = (int[])shares.Clone();
                        (moved[from], moved[to]) = (moved[from] - step, moved[to] + step);
                        rose |= Try(moved);
                    }
        }
        return (Of(shares), [.. shares.Select(share => (float)share / parts)], best);

        Blend Of(int[] weights) => new(members.Select((member, m) => new Member(member, (float)weights[m] / parts)), scale);

        bool Try(int[] weights)
        {
            if (!tried.Add(string.Join(' ', weights))) return false;
            var value = validation.Judge(Of(weights), [metric], cancel)[metric.Name];
            if (value <= best) return false;
            (best, shares) = (value, weights);
            return true;
        }
    }
}
