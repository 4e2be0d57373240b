using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Poisoning;

/// <summary>
/// Profiles by gradient: x ← Π(x − η ∂D/∂x), where D is how far the targets are from the top of the victims' lists once a surrogate has been trained
/// on real and fake clicks together, and Π keeps as many clicks of each account as the budget allows (Li et al. 2016; Tang, Wen and Wang 2020). The
/// gradient passes through the last epochs of that training. The clicks of the best round are kept, measured after rounding. Where the data have
/// ratings, each click is the highest.
/// </summary>
/// <param name="Unrolled">How many of the surrogate's epochs the gradient passes through.</param>
/// <param name="Rounds">How often the surrogate is trained anew.</param>
/// <param name="Epochs">The surrogate's epochs.</param>
/// <param name="StepSize">η, as a share of the largest slope of an account.</param>
public sealed record SurrogatePoison(int Unrolled, int Rounds = 10, int Epochs = 50, float StepSize = 0.5f) : IPoison
{
    /// <summary>Projected gradient ascent: the last of 50 epochs is unrolled.</summary>
    public static SurrogatePoison Pga { get; } = new(1);

    /// <summary>Both levels: the gradient sees fake rows answer the clicks and items answer the rows, again and again.</summary>
    public static SurrogatePoison Bilevel { get; } = new(5);

    /// <inheritdoc/>
    public Interactions Poison(Interactions train, Budget budget, Rng rng)
    {
        budget.Check(train.ItemCount);
        if (budget.Accounts == 0) return train;
        var ratings = Ratings.Of(train);
        var profiles = Search(train, budget, rng).Profiles.Select(profile => profile.Select(item => (item, ratings?.Scale.High ?? 1)).ToArray());
        return FakeAccounts.Append(train, budget, profiles, ratings is not null, rng.Fork("times"));
    }

    /// <summary>The best profiles met, and how far they leave the targets from the top of the surrogate's lists.</summary>
    internal (float Distance, int[][] Profiles) Search(Interactions train, Budget budget, Rng rng)
    {
        var surrogate = new Surrogate(train, budget, rng);
        var wish = Tensor.Uniform((budget.Accounts, train.ItemCount), 0, 1, rng.Fork("start")).Values.ToArray();
        var best = (Distance: float.PositiveInfinity, Profiles: Array.Empty<int[]>());
        for (var round = 0; round < Rounds; round++)
        {
            using var scope = Scope.Open();
            var profiles = Allowed(wish, train.ItemCount, budget);
            var clicks = Tensor.Of((budget.Accounts, train.ItemCount), Dense(profiles, train.ItemCount));
            var trained = surrogate.Train(clicks, Epochs - Unrolled, rng.Fork("surrogate").Fork(round));
            var (distance, gradient) = Grad.Of(surrogate.DistanceAfter(Unrolled), trained, surrogate.Clicks);
            if (round == 0 || distance.Item() < best.Distance) best = (distance.Item(), profiles);
            Descend(wish, gradient[surrogate.Clicks].Values, train.ItemCount);
        }
        return best;
    }

    private void Descend(float[] wish, ReadOnlySpan<float> gradient, int items)
    {
        for (var first = 0; first < wish.Length; first += items)
        {
            var slope = gradient.Slice(first, items);
            var largest = 1e-30f;
            foreach (var g in slope) largest = Math.Max(largest, Math.Abs(g));
            for (var item = 0; item < items; item++) wish[first + item] = Math.Clamp(wish[first + item] - StepSize * slope[item] / largest, 0, 1);
        }
    }

    /// <summary>The targets and, of the other items, those an account wishes for most.</summary>
    private static int[][] Allowed(float[] wish, int items, Budget budget) =>
    [
        .. Enumerable.Range(0, budget.Accounts).Select(account => (int[])
        [
            .. Enumerable.Range(0, items).Except(budget.Targets).OrderByDescending(item => wish[account * items + item]).Take(budget.Others),
            .. budget.Targets,
        ]),
    ];

    private static float[] Dense(int[][] profiles, int items)
    {
        var clicks = new float[profiles.Length * items];
        foreach (var (account, profile) in profiles.Index())
            foreach (var item in profile) clicks[account * items + item] = 1;
        return clicks;
    }
}
