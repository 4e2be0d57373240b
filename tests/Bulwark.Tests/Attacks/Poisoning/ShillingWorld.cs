using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.Poisoning;

/// <summary>
/// Honest people who rate: item i is found with a chance that falls with i and liked by a taste of its own; nobody colludes. Ratings from 1 to 5.
/// </summary>
internal static class ShillingWorld
{
    public const int Users = 300, Items = 200;

    public static Interactions Train { get; } = Create(1);

    public static Interactions Create(ulong seed)
    {
        var rng = new Rng(seed);
        var (quality, pairs) = (new double[Items], new Dictionary<(int, int), float>());
        foreach (ref var q in quality.AsSpan()) q = 3.4 + 0.6 * rng.NextGaussian();
        for (var user = 0; user < Users; user++)
        {
            var own = rng.Fork(user);
            var (count, mood) = (15 + (int)(25 * Math.Exp(0.5 * own.NextGaussian())), 0.4 * own.NextGaussian());
            for (var n = 0; n < count; n++)
            {
                var item = (int)(Items * Math.Pow(own.NextDouble(), 2.2));
                pairs[(user, item)] = Math.Clamp((float)Math.Round(quality[item] + mood + 0.9 * own.NextGaussian()), 1, 5);
            }
        }
        return Blocks.Of(Users, Items, pairs.Keys, (user, item) => pairs[(user, item)]);
    }

    /// <summary>The same people, of whom only what they touched is known.</summary>
    public static Interactions Clicks { get; } = new(Train.Users, Train.Items, Train.User.ToArray(), Train.Item.ToArray());

    /// <summary>Items and ratings of each fake account.</summary>
    public static (int Item, float Rating)[][] Fakes(Interactions poisoned, int honest = Users) =>
    [
        .. Enumerable.Range(honest, poisoned.UserCount - honest).Select(user =>
            poisoned.ByUser.Rows(user).ToArray().Select(row => (poisoned.Item[row], poisoned.Value[row])).ToArray()),
    ];
}
