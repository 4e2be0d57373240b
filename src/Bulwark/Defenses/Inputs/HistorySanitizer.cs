using Bulwark.Data;
using Bulwark.Models;

namespace Bulwark.Defenses.Inputs;

/// <summary>
/// Drops from a history the items that are improbable given the rest: item i of H stays if, scored from H without i, it ranks within a share of the catalog.
/// The score is a recommender's that folds histories in; a neighbor model makes it co-occurrence. Equal scores count as half above, half below. What
/// is left over is never nothing: of a history whose every item is improbable the best one stays.
/// </summary>
/// <param name="model">What tells how probable items are.</param>
/// <param name="share">Items that rank below this share of the catalog are dropped.</param>
public sealed class HistorySanitizer(IRecommender model, double share)
{
    /// <summary>Which of the events of a history stay.</summary>
    public bool[] Keep(ReadOnlySpan<int> history)
    {
        var (ranks, scores) = (new double[history.Length], new float[model.ItemCount]);
        for (var at = 0; at < history.Length; at++)
        {
            int item = history[at], others = 0;
            int[] rest = [.. history.ToArray().Where(other => other != item)];
            if (rest.Length == 0) continue;                  // nothing contradicts it
            model.ScoreHistory(rest, scores);
            foreach (var score in scores) others += Math.Sign(score.CompareTo(scores[item])) + 1;      // 2 above, 1 equal, itself among them
            ranks[at] = (others - 1) / (2.0 * model.ItemCount);
        }
        var best = ranks.Length > 0 ? ranks.Min() : 0;
        return [.. ranks.Select(rank => rank <= share || rank == best)];
    }

    /// <summary>The training interactions without the rows whose items are improbable for their user.</summary>
    public Interactions Of(Interactions interactions)
    {
        var rows = new List<int>();
        for (var user = 0; user < interactions.UserCount; user++)
        {
            var keep = Keep(interactions.ByUser.Items(user));
            for (var at = 0; at < keep.Length; at++) if (keep[at]) rows.Add(interactions.ByUser.Rows(user)[at]);
        }
        rows.Sort();
        return interactions.Select([.. rows]);
    }
}
