using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Poisoning;

/// <summary>
/// The same accounts as another attack's, in a hurry: all of them act on the targets within the same days, as bought accounts do, which are paid by the
/// campaign; what else they did stays at its time, so that they look long established. The campaign begins somewhere in the middle half of the period.
/// </summary>
/// <param name="Accounts">Who acts on what.</param>
/// <param name="Days">How long the campaign lasts, at least 1.</param>
public sealed record Campaign(IPoison Accounts, int Days) : IPoison
{
    private const long Day = 86_400;

    /// <inheritdoc/>
    public Interactions Poison(Interactions train, Budget budget, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Days, 1, nameof(Days));
        if (!train.HasTimes) throw new ArgumentException("A campaign needs times, and these interactions have none; give the accounts' attack alone.");
        var poisoned = Accounts.Poison(train, budget, rng);
        var (times, targets, draws) = (poisoned.Time.ToArray(), budget.Targets.ToHashSet(), rng.Fork("campaign"));
        var (first, last) = (train.Time.ToArray().Min(), train.Time.ToArray().Max());
        var start = first + (long)((last - first) * (0.25 + 0.5 * draws.NextDouble()));
        var end = Math.Min(last, start + Days * Day);
        for (var row = train.Count; row < times.Length; row++)
            if (targets.Contains(poisoned.Item[row])) times[row] = start + (long)((end - start) * draws.NextDouble());
        return new(
            poisoned.Users, poisoned.Items, poisoned.User.ToArray(), poisoned.Item.ToArray(), poisoned.HasValues ? poisoned.Value.ToArray() : null, times,
            poisoned.HasKinds ? poisoned.Kind.ToArray() : null);
    }
}
