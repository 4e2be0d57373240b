using Bulwark.Tensors;

namespace Bulwark.Evaluation.Tuning;

/// <summary>
/// The tree-structured Parzen estimator (Bergstra et al. 2011): l is the density of the best trials' values, g that of the others'; the next values are
/// those among draws from l with the largest l / g, which is where the expected improvement is largest.
/// </summary>
public static class ParzenSearch
{
    private const double GoodShare = 0.2;                    // γ
    private const int MostGood = 25;

    /// <summary>So many trials with full budgets.</summary>
    /// <param name="trials">How many.</param>
    /// <param name="startup">So many are drawn evenly first.</param>
    /// <param name="candidates">How many draws from l are compared.</param>
    public static Search Of(int trials, int startup = 10, int candidates = 24) =>
        new("tpe", RandomSearch.FullBudgets(trials), (space, done, rng) => Next(space, done, rng, startup, candidates));

    private static double[]? Next(SearchSpace space, IReadOnlyList<Trial> done, Rng rng, int startup, int candidates)
    {
        if (done.Count < startup) return RandomSearch.Next(space, done, rng);
        Trial[] ranked = [.. done.OrderByDescending(trial => trial.Worth)];
        var good = Math.Min((int)Math.Ceiling(GoodShare * ranked.Length), MostGood);
        var (l, g) = (Densities(space, ranked[..good]), Densities(space, ranked[good..]));
        var random = rng.Fork(done.Count);
        double[]? best = null;
        for (var (n, most) = (0, double.NegativeInfinity); n < candidates; n++)
        {
            if (space.Untried(done, () => [.. l.Select(density => density.Draw(random))]) is not { } values) break;
            var ratio = values.Select((value, d) => Math.Log(l[d].At(value)) - Math.Log(g[d].At(value))).Sum();
            if (ratio > most) (best, most) = (values, ratio);
        }
        return best ?? RandomSearch.Next(space, done, rng);
    }

    private static ParzenDensity[] Densities(SearchSpace space, Trial[] trials) =>
        [.. space.Dimensions.Select((dimension, d) => new ParzenDensity(dimension, [.. trials.Select(trial => trial.Values[d])]))];
}
