namespace Bulwark.Evaluation.Tuning;

/// <summary>
/// Successive halving (Jamieson and Talwalkar 2016, with the factor η of Li et al. 2018): many draws are tried with a small budget, the best 1/η of them
/// with η times as much, and so on to the full budget. Every round costs about the same.
/// </summary>
public static class SuccessiveHalving
{
    /// <summary>Starts with so many draws.</summary>
    /// <param name="draws">n, the draws of the first round.</param>
    /// <param name="eta">η: one of so many goes on.</param>
    /// <param name="least">The least budget worth trying, as a share of a full training.</param>
    public static Search Of(int draws, int eta = 3, double least = 1.0 / 27)
    {
        var rounds = Rounds(draws, eta, least);
        return new("halving", [.. rounds.SelectMany(round => Enumerable.Repeat(round.Budget, round.Trials))], (space, done, rng) =>
        {
            var (k, at) = (0, done.Count);
            for (; at >= rounds[k].Trials; k++) at -= rounds[k].Trials;
            if (k == 0) return RandomSearch.Next(space, done, rng) ?? space.Draw(rng.Fork(at));
            var before = done.Skip(done.Count - at - rounds[k - 1].Trials).Take(rounds[k - 1].Trials);
            return [.. before.OrderByDescending(trial => trial.Worth).ElementAt(at).Values];
        });
    }

    /// <summary>⌊n / ηᵏ⌋ trials with the budget ηᵏ⁻ˢ for k = 0 … s; s is as large as n and the least budget allow.</summary>
    public static IReadOnlyList<(int Trials, double Budget)> Rounds(int draws, int eta, double least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(eta, 2);
        var rounds = new List<(int Trials, double Budget)>();
        for (var (trials, inverse) = (draws, 1); trials >= 1 && inverse * least <= 1 + 1e-9; (trials, inverse) = (trials / eta, inverse * eta))
            rounds.Add((trials, inverse));
        return [.. rounds.Zip(rounds.Select(round => 1 / round.Budget).Reverse(), (round, budget) => (round.Trials, budget))];
    }
}
