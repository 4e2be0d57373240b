using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Poisoning;

/// <summary>The accounts of an attack as rows behind the real ones.</summary>
internal static class FakeAccounts
{
    /// <summary>
    /// Adds accounts. Where times are known, each action happens at that of a random real one, in the order of the profile; where kinds are, a rating
    /// is a rating and a click a purchase.
    /// </summary>
    /// <param name="train">The real rows.</param>
    /// <param name="budget">Checked here, profile by profile.</param>
    /// <param name="profiles">Items and ratings of each account; a rating is read only where the data have values.</param>
    /// <param name="rated">Whether the values are ratings.</param>
    /// <param name="rng">Draws times.</param>
    /// <exception cref="InvalidOperationException">A profile is outside the budget.</exception>
    public static Interactions Append(Interactions train, Budget budget, IEnumerable<(int Item, float Rating)[]> profiles, bool rated, Rng rng)
    {
        var (builder, account) = (InteractionsBuilder.From(train), 0);
        foreach (var profile in profiles)
        {
            Check(profile, budget);
            account++;
            var user = builder.Users.GetOrAdd(FreeName(builder.Users, account));
            var times = new long[profile.Length];
            if (train.HasTimes)
                foreach (ref var time in times.AsSpan()) time = train.Time[rng.Next(train.Count)];
            Array.Sort(times);
            foreach (var (place, (item, rating)) in profile.Index())
                builder.Add(user, item, rated ? rating : 1, times[place], rated ? EventKind.Rate : EventKind.Buy);
        }
        return builder.Build();
    }

    private static string FreeName(Vocabulary users, int account)
    {
        var name = $"fake-{account}";
        while (users.TryGet(name, out _)) name = $"fake-{name}";
        return name;
    }

    private static void Check((int Item, float Rating)[] profile, Budget budget)
    {
        var items = profile.Select(action => action.Item).ToHashSet();
        if (items.Count != profile.Length || profile.Length > budget.Actions || !budget.Targets.All(items.Contains))
            throw new InvalidOperationException(
                $"A profile of {profile.Length} actions on {items.Count} items breaks the budget of {budget.Actions} with {budget.Targets.Count} targets.");
    }
}
