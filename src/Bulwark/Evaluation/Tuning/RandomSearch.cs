using Bulwark.Tensors;

namespace Bulwark.Evaluation.Tuning;

/// <summary>Random search (Bergstra and Bengio 2012): every trial is drawn evenly, none twice.</summary>
public static class RandomSearch
{
    /// <summary>So many trials with full budgets.</summary>
    public static Search Of(int trials) => new("random", FullBudgets(trials), Next);

    internal static double[] FullBudgets(int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        return [.. Enumerable.Repeat(1.0, trials)];
    }

    internal static double[]? Next(SearchSpace space, IReadOnlyList<Trial> done, Rng rng)
    {
        var random = rng.Fork(done.Count);
        return space.Untried(done, () => space.Draw(random));
    }
}
