using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

/// <summary>A world whose right answer is known: every user has five of the first ten items or five of the last ten, never of both.</summary>
internal static class BehaviorWorld
{
    public const int Items = 20, Length = 5;

    public static Interactions TwoTastes(int users, Rng rng)
    {
        var builder = new InteractionsBuilder(items: new Vocabulary(Enumerable.Range(0, Items).Select(item => $"i{item}")));
        for (var user = 0; user < users; user++)
        {
            int[] half = [.. Enumerable.Range(user % 2 == 0 ? 0 : Items / 2, Items / 2)];
            rng.Shuffle<int>(half);
            foreach (var item in half.AsSpan(0, Length)) builder.Add($"u{user}", $"i{item}");
        }
        return builder.Build();
    }

    /// <summary>The mean share of a profile's items that are of the taste of most of them: 1 in this world, about .67 of independent draws.</summary>
    public static double Purity(IEnumerable<int[]> profiles) => profiles.Average(profile =>
    {
        var first = profile.Count(item => item < Items / 2);
        return (double)Math.Max(first, profile.Length - first) / profile.Length;
    });
}
