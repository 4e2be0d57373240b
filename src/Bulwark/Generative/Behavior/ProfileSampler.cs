using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Generative.Behavior;

/// <summary>How likely each item is to come next: conditions of profiles, (count, 1 + items), to ℓ, (count, items).</summary>
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
    /// <param name="noise">1 to draw by the scores, 0 for the likeliest items.</param>
    public int[][] Draw(IReadOnlyList<int> lengths, IReadOnlyList<int[]> known, Rng rng, float noise = 1)
    {
        var profiles = new int[lengths.Count][];
        for (var first = 0; first < profiles.Length; first += Chunk)
        {
            using var scope = Scope.Open();
            var (count, chance) = (Math.Min(Chunk, profiles.Length - first), rng.Fork(first));
            var given = ProfileConditions.Of(items, [.. lengths.Skip(first).Take(count)], [.. known.Skip(first).Take(count)]);
            var perturbed = GumbelTopN.Perturbed(scores(given, chance.Fork("scores")), given, noise, chance.Fork("gumbel"));
            for (var row = 0; row < count; row++)
            {
                var (own, best) = (known[first + row], new int[lengths[first + row]]);
                TopK.Select(perturbed.Values.Slice(row * items, items), best, new float[best.Length]);
                profiles[first + row] = [.. own, .. best.AsSpan(own.Length)];
            }
        }
        return profiles;
    }

    /// <summary>New users: the length of each is that of a random real one. They are called synthetic-1 and so on.</summary>
    /// <param name="count">How many.</param>
    /// <param name="real">Whose lengths are drawn, and whose items are numbered.</param>
    /// <param name="rng">Chance.</param>
    public Interactions Generate(int count, Interactions real, Rng rng)
    {
        int[] lengths = [.. Enumerable.Range(0, real.UserCount).Select(user => real.ByUser.SortedItems(user).Length).Where(length => length > 0)];
        var chance = rng.Fork("lengths");
        int[] drawn = [.. Enumerable.Range(0, count).Select(_ => lengths[chance.Next(lengths.Length)])];
        var profiles = Draw(drawn, [.. drawn.Select(_ => Array.Empty<int>())], rng.Fork("profiles"));
        var builder = new InteractionsBuilder(new Vocabulary(Enumerable.Range(1, count).Select(n => $"{Prefix}{n}")), real.Items);
        for (var user = 0; user < count; user++)
            foreach (var item in profiles[user]) builder.Add(user, item);
        return builder.Build();
    }
}
