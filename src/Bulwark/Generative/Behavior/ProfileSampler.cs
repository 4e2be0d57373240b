using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Generative.Behavior;

/// <summary>How likely each item is to come next: conditions of profiles, (count, 1 + items + traits), to ℓ, (count, items).</summary>
public delegate Tensor ProfileScores(Tensor given, Rng rng);

/// <summary>Draws profiles by a generator's scores, item after item without replacement.</summary>
/// <param name="items">How many items there are.</param>
/// <param name="scores">ℓ.</param>
public sealed class ProfileSampler(int items, ProfileScores scores)
{
    private const int Chunk = 256;
    private const string Prefix = "synthetic-";

    /// <summary>Every item by its popularity, whoever asks.</summary>
    public static ProfileSampler ByPopularity(IReadOnlyList<int> popularity)
    {
        var logs = ProfileGenerator.LogPopularity(popularity).Keep();
        return new(popularity.Count, (given, _) => logs.ExpandTo((given.Shape[0], popularity.Count)));
    }

    /// <summary>Profiles of these lengths that begin with these distinct items; the others follow in the order drawn.</summary>
    /// <param name="lengths">How many items each is to have.</param>
    /// <param name="known">What each holds.</param>
    /// <param name="rng">Chance.</param>
    /// <param name="traits">Whose each is, if the generator has learned with traits.</param>
    public int[][] Draw(
        IReadOnlyList<int> lengths, IReadOnlyList<int[]> known, Rng rng, IReadOnlyList<float[]>? traits = null) => Each(lengths, known, traits, rng, (given, chance) =>
        (GumbelTopN.Perturbed(scores(given, chance.Fork("scores")), given, chance.Fork("gumbel")), row => lengths[row]));

    /// <summary>
    /// What is known, and the items likeliest to be next to it in profiles of these lengths, best first, so many in all: by the mean of softmax(ℓ) over some codes.
    /// </summary>
    /// <param name="count">How many items each gets, those known included.</param>
    /// <param name="lengths">How many items the profiles are taken to have.</param>
    /// <param name="known">What each holds.</param>
    /// <param name="rng">Chance.</param>
    /// <param name="codes">How many codes.</param>
    public int[][] Likeliest(int count, IReadOnlyList<int> lengths, IReadOnlyList<int[]> known, Rng rng, int codes) => Each(lengths, known, null, rng, (given, chance) =>
    {
        var mean = scores(given, chance.Fork(0)).LogSoftmax().Exp();
        for (var code = 1; code < codes; code++) mean += scores(given, chance.Fork(code)).LogSoftmax().Exp();
        return (mean + given.Slice(1, 1, items) * codes, _ => count);                            // certain: above any other share
    });

    /// <summary>The best items of each row of what ranks them, a chunk of rows at a time; those known come first.</summary>
    private int[][] Each(
        IReadOnlyList<int> lengths, IReadOnlyList<int[]> known, IReadOnlyList<float[]>? traits, Rng rng,
        Func<Tensor, Rng, (Tensor Ranking, Func<int, int> Count)> rank)
    {
        var profiles = new int[lengths.Count][];
        for (var first = 0; first < profiles.Length; first += Chunk)
        {
            using var scope = Scope.Open();
            var some = Math.Min(Chunk, profiles.Length - first);
            var given = ProfileConditions.Of(
                items, [.. lengths.Skip(first).Take(some)], [.. known.Skip(first).Take(some)], traits is null ? null : [.. traits.Skip(first).Take(some)]);
            var (ranking, count) = rank(given, rng.Fork(first));
            for (var row = 0; row < some; row++)
            {
                var (own, best) = (known[first + row], new int[count(first + row)]);
                TopK.Select(ranking.Values.Slice(row * items, items), best, new float[best.Length]);
                profiles[first + row] = [.. own, .. best.AsSpan(own.Length)];
            }
        }
        return profiles;
    }

    /// <summary>New users: the length of each, and its traits, are those of a random real one. They are called synthetic-1 and so on.</summary>
    /// <param name="count">How many.</param>
    /// <param name="real">Whose lengths are drawn, and whose items are numbered.</param>
    /// <param name="rng">Chance.</param>
    /// <param name="traits">(users): of each real one, if the generator has learned with traits.</param>
    /// <param name="among">Whether new users may be like this real one: a segment; null for all.</param>
    /// <exception cref="ArgumentException">Nobody with an item is in the segment.</exception>
    public Interactions Generate(int count, Interactions real, Rng rng, IReadOnlyList<float[]>? traits = null, Predicate<int>? among = null)
    {
        int[] users = [.. Enumerable.Range(0, real.UserCount).Where(user => real.ByUser.Items(user).Length > 0 && among?.Invoke(user) != false)];
        if (users.Length == 0) throw new ArgumentException("Nobody with an item is in the segment; ask for another.", nameof(among));
        var chance = rng.Fork("lengths");
        int[] like = [.. Enumerable.Range(0, count).Select(_ => users[chance.Next(users.Length)])];
        return Generate(
            [.. like.Select(user => real.ByUser.SortedItems(user).Length)], real.Items, rng, traits is null ? null : [.. like.Select(user => traits[user])]);
    }

    /// <summary>New users of these lengths, and with these traits if the generator has learned with some.</summary>
    public Interactions Generate(IReadOnlyList<int> lengths, Vocabulary items, Rng rng, IReadOnlyList<float[]>? traits = null)
    {
        var profiles = Draw(lengths, [.. lengths.Select(_ => Array.Empty<int>())], rng.Fork("profiles"), traits);
        var builder = new InteractionsBuilder(Names(lengths.Count), items);
        for (var user = 0; user < lengths.Count; user++)
            foreach (var item in profiles[user]) builder.Add(user, item);
        return builder.Build();
    }

    /// <summary>synthetic-1 and so on.</summary>
    internal static Vocabulary Names(int count) => new(Enumerable.Range(1, count).Select(n => $"{Prefix}{n}"));
}
