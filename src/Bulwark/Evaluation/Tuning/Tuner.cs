using Bulwark.Tensors;

namespace Bulwark.Evaluation.Tuning;

/// <summary>Runs a search: one trial after another.</summary>
public static class Tuner
{
    /// <summary>Goes on after some trials until the search has spent its budgets. Equal arguments give equal trials, stopped in between or not.</summary>
    /// <param name="space">What may be chosen.</param>
    /// <param name="search">How.</param>
    /// <param name="rng">The search's chance.</param>
    /// <param name="measure">Measures values with a budget on validation, as the trial of this number; NaN for a figure says that it failed.</param>
    /// <param name="earlier">The trials that are done.</param>
    /// <param name="ended">Hears of all trials as soon as another one is done.</param>
    /// <param name="cancel">Stops before the next trial.</param>
    public static IReadOnlyList<Trial> Run(
        SearchSpace space, Search search, Rng rng, Func<int, double[], double, Trial> measure, IReadOnlyList<Trial> earlier,
        Action<IReadOnlyList<Trial>>? ended = null, CancellationToken cancel = default)
    {
        List<Trial> trials = [.. earlier];
        while (trials.Count < search.Budgets.Count && search.Next(space, trials, rng) is { } values)
        {
            cancel.ThrowIfCancellationRequested();
            trials.Add(measure(trials.Count + 1, values, search.Budgets[trials.Count]));
            ended?.Invoke(trials);
        }
        return trials;
    }

    /// <summary>The best of the trials that did not fail: of those with the largest budget, the first with the highest figure; null if all failed.</summary>
    public static Trial? Best(IEnumerable<Trial> trials) =>
        trials.Where(trial => trial.State == TrialState.Done).OrderByDescending(trial => trial.Budget).ThenByDescending(trial => trial.Figure).FirstOrDefault();
}
