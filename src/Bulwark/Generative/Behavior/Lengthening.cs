using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Generative.Behavior;

/// <summary>
/// Training for users with few actions: each of them gets made-up ones that go with their own, and any model is trained on both. The rows added have the value,
/// time and kind of the user's latest real one. What is measured stays on real rows.
/// </summary>
/// <param name="Below">Users with at least one and fewer distinct items than this are lengthened.</param>
/// <param name="Length">How many items they have then.</param>
public sealed record Lengthening(int Below, int Length)
{
    /// <summary>Over how many codes the likeliest items are found; 0 to draw items instead.</summary>
    public int Codes { get; init; } = 16;

    /// <summary>The real rows, and those made up behind them: items likely beside the user's own in a profile as long as the median of the others.</summary>
    /// <exception cref="ArgumentException">The length is less than the bound, or there are fewer items.</exception>
    public Interactions Of(Interactions train, ProfileSampler sampler, Rng rng)
    {
        if (Length < Below || Length > train.ItemCount)
            throw new ArgumentException($"Users with fewer than {Below} items cannot be lengthened to {Length} of {train.ItemCount} items.");
        int[] users = Few(train);
        int[][] known = [.. users.Select(user => train.ByUser.SortedItems(user).ToArray())];
        var profiles = Codes == 0 ? sampler.Draw([.. users.Select(_ => Length)], known, rng)
            : sampler.Likeliest(Length, [.. Enumerable.Repeat(Typical(train), users.Length)], known, rng, Codes);
        return Added(train, users.SelectMany((user, n) => profiles[n].Skip(known[n].Length), (user, item) => (user, item)));
    }

    /// <summary>The median length of those with enough items.</summary>
    private int Typical(Interactions train)
    {
        int[] lengths = [.. Lengths(train).Where(length => length >= Below).Order()];
        return lengths.Length > 0 ? lengths[lengths.Length / 2] : Length;
    }

    /// <summary>The control that adds nothing new: real rows of these users are repeated, in turn, until each has so many rows.</summary>
    public Interactions Repeated(Interactions train) => Added(train, Few(train).SelectMany(user =>
    {
        var own = train.ByUser.Items(user).ToArray();
        return Enumerable.Range(0, Math.Max(0, Length - own.Length)).Select(n => (user, own[n % own.Length]));
    }));

    private int[] Few(Interactions train) => [.. Lengths(train).Index().Where(user => user.Item > 0 && user.Item < Below).Select(user => user.Index)];

    private static IEnumerable<int> Lengths(Interactions train) => Enumerable.Range(0, train.UserCount).Select(user => train.ByUser.SortedItems(user).Length);

    private static Interactions Added(Interactions train, IEnumerable<(int User, int Item)> rows)
    {
        var builder = InteractionsBuilder.From(train);
        foreach (var (user, item) in rows)
        {
            var latest = train.ByUser.Rows(user)[^1];
            builder.Add(
                user, item, train.Value[latest], train.HasTimes ? train.Time[latest] : 0, train.HasKinds ? train.Kind[latest] : default);
        }
        return builder.Build();
    }
}
