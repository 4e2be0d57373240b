using Bulwark.Tensors;

namespace Bulwark.Evaluation.Tuning;

/// <summary>
/// What mattered (functional ANOVA, Hutter et al. 2014): the share of the figure's variance over the space that one dimension explains alone,
/// S_d = Var(E[f(x) | x_d]) / Var(f(x)), x even over [0, 1]ᴰ. f is a regression tree grown on the trials, a sum of constants on boxes, so that means and
/// variances are exact sums; S_d is the mean over trees of resampled trials. What the shares lack to 1 belongs to dimensions together.
/// </summary>
public static class Importance
{
    private const int Trees = 64;

    /// <summary>A share for each dimension, by the budget that most trials had; a failed trial counts as the worst. All 0 if all figures are equal.</summary>
    /// <param name="space">The space.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="rng">Resamples them.</param>
    public static double[] Of(SearchSpace space, IReadOnlyList<Trial> trials, Rng rng)
    {
        var shares = new double[space.Dimensions.Count];
        var budgets = trials.GroupBy(trial => trial.Budget).OrderByDescending(budget => budget.Count()).ThenByDescending(budget => budget.Key);
        Trial[] used = [.. budgets.FirstOrDefault() ?? Enumerable.Empty<Trial>()];
        var worst = used.Where(trial => trial.State == TrialState.Done).Select(trial => trial.Figure).DefaultIfEmpty(0).Min();
        double[][] places = [.. used.Select(trial => space.Dimensions.Select((dimension, d) => dimension.Unit(trial.Values[d])).ToArray())];
        double[] figures = [.. used.Select(trial => Math.Max(trial.Worth, worst))];
        var grown = 0;
        for (var tree = 0; tree < Trees && used.Length > 0; tree++)
        {
            var random = rng.Fork(tree);
            int[] sample = [.. used.Select(_ => random.Next(used.Length))];
            var boxes = RegressionTree.Grow([.. sample.Select(n => places[n])], [.. sample.Select(n => figures[n])]);
            var mean = boxes.Sum(box => box.Volume * box.Value);
            var variance = boxes.Sum(box => box.Volume * Square(box.Value - mean));
            if (!(variance > 0)) continue;
            grown++;
            for (var d = 0; d < shares.Length; d++) shares[d] += Explained(boxes, d, mean) / variance;
        }
        return [.. shares.Select(share => grown > 0 ? share / grown : 0)];
    }

    /// <summary>Var(E[f(x) | x_d]), a sum over the stretches between the boxes' bounds.</summary>
    private static double Explained(IReadOnlyList<TreeBox> boxes, int d, double mean)
    {
        double[] bounds = [.. boxes.Select(box => box.Low[d]).Append(1).Distinct().Order()];
        return bounds.Zip(bounds.Skip(1), (from, to) =>
        {
            var inside = boxes.Where(box => box.Low[d] <= from && box.High[d] >= to).Sum(box => box.Value * box.Volume / (box.High[d] - box.Low[d]));
            return (to - from) * Square(inside - mean);
        }).Sum();
    }

    private static double Square(double x) => x * x;
}
