namespace Bulwark.Defenses.Detection;

/// <summary>
/// −1/n_u Σ_i ln n_i, beside users with profiles about as long: fillers drawn among all items are items that few people find (Li et al. 2016). In
/// deviations from the median of the neighbors in length, because people who rate much rate rarer things.
/// </summary>
public static class Unpopularity
{
    private const int Window = 150;                          // neighbors in length on either side
    private const double Least = 0.1;                        // a deviation below that is no scale

    /// <summary>The detector.</summary>
    public static Detector Detector { get; } = new("unpopular", "picks items that few accounts of its length pick", (profiles, _) =>
    {
        var rarity = profiles.Each(user => -profiles.Mean(user, n => Math.Log(profiles.Raters[profiles.Matrix.Row(user)[n]])));
        int[] order = [.. Enumerable.Range(0, profiles.Users).Where(user => double.IsFinite(rarity[user])).OrderBy(user => profiles.Matrix.Length(user))];
        var scores = profiles.Each(_ => 0);
        for (var place = 0; place < order.Length; place++)
        {
            var from = Math.Clamp(place - Window, 0, Math.Max(0, order.Length - 2 * Window));
            var beside = order[from..Math.Min(order.Length, from + 2 * Window)].Select(user => rarity[user]);
            var (median, deviation) = Robust.Spread(beside);
            scores[order[place]] = (rarity[order[place]] - median) / (deviation + Least);
        }
        return scores;
    });
}
