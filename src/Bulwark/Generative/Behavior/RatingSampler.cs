using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Generative.Behavior;

/// <summary>Ratings for profiles, bags of ones, (count, items): those of unrated items do not count. (count, items).</summary>
public delegate Tensor ProfileRatings(Tensor profiles, Rng rng);

/// <summary>Has made-up users say what they think.</summary>
/// <param name="ratings">What they say.</param>
public sealed class RatingSampler(ProfileRatings ratings)
{
    private const int Chunk = 256;

    /// <summary>The statistical control: each rating of an item is one that it has; any, for an item without.</summary>
    public static RatingSampler ByItem(Ratings real)
    {
        var own = Enumerable.Range(0, real.Rows.ItemCount).Select(_ => new List<float>()).ToArray();
        for (var row = 0; row < real.Rows.Count; row++) own[real.Rows.Item[row]].Add(real.Rows.Value[row]);
        return new((profiles, rng) => Tensor.Of(
            profiles.Shape, [.. Enumerable.Range(0, profiles.Shape.Count).Select(n => own[n % own.Length] is { Count: > 0 } some
                ? some[rng.Next(some.Count)] : real.Rows.Value[rng.Next(real.Rows.Count)])]));
    }

    /// <summary>The same rows with ratings; an item that a user has twice has one.</summary>
    public Interactions Rate(Interactions made, Rng rng)
    {
        var (items, values) = (made.ItemCount, new float[made.Count]);
        for (var first = 0; first < made.UserCount; first += Chunk)
        {
            using var scope = Scope.Open();
            var some = Math.Min(Chunk, made.UserCount - first);
            var bags = new float[some * items];
            for (var user = 0; user < some; user++)
                foreach (var item in made.ByUser.Items(first + user)) bags[user * items + item] = 1;
            var rated = ratings(Tensor.Of((some, items), bags), rng.Fork(first)).Values;
            for (var user = 0; user < some; user++)
                foreach (var row in made.ByUser.Rows(first + user)) values[row] = rated[user * items + made.Item[row]];
        }
        return new(made.Users, made.Items, made.User.ToArray(), made.Item.ToArray(), values, made.HasTimes ? made.Time.ToArray() : null);
    }
}
