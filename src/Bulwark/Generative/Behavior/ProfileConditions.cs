using Bulwark.Models;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative.Behavior;

/// <summary>What a profile is given: [ln n ; h], how many items it is to have and which of them are known, as a bag of ones. (count, 1 + items).</summary>
public static class ProfileConditions
{
    /// <summary>The conditions of profiles of these lengths that hold these distinct items.</summary>
    /// <exception cref="ArgumentException">A profile is shorter than what it is to hold, or longer than all items.</exception>
    public static Tensor Of(int items, IReadOnlyList<int> lengths, IReadOnlyList<int[]> known)
    {
        var values = new float[lengths.Count * (1 + items)];
        for (var row = 0; row < lengths.Count; row++)
        {
            if (lengths[row] < Math.Max(1, known[row].Length) || lengths[row] > items) throw new ArgumentException(
                $"A profile of {lengths[row]} items cannot hold {known[row].Length} known ones of {items}: ask for a length between them, and at least 1.");
            var own = values.AsSpan(row * (1 + items), 1 + items);
            own[0] = MathF.Log(lengths[row]);
            foreach (var item in known[row]) own[1 + item] = 1;
        }
        return Tensor.Of((lengths.Count, 1 + items), values);
    }

    /// <summary>Real profiles as examples, each given its length and a random few of its items: any number of them up to so many, none included.</summary>
    /// <param name="items">How many items there are.</param>
    /// <param name="mostKnown">The most items that are known.</param>
    /// <param name="rng">Draws them, for each step anew.</param>
    public static Func<BagBatch, Examples> Of(int items, int mostKnown, Rng rng) => batch =>
    {
        var profiles = Profiles(batch.Bags);
        var known = profiles.Select((profile, row) => Few(profile, mostKnown, rng.Fork(batch.Step).Fork(row))).ToArray();
        return new(batch.Wanted.Tensor.Reshape((batch.Count, items)), Of(items, [.. profiles.Select(profile => profile.Length)], known), batch.Step);
    };

    /// <summary>n of each.</summary>
    internal static int Length(ReadOnlySpan<float> condition) => (int)MathF.Round(MathF.Exp(condition[0]));

    private static int[] Few(int[] profile, int most, Rng rng)
    {
        rng.Shuffle<int>(profile);
        return profile[..rng.Next(Math.Min(most, profile.Length) + 1)];
    }

    private static int[][] Profiles(Bags bags)
    {
        var profiles = new List<int>[bags.Count];
        for (var row = 0; row < profiles.Length; row++) profiles[row] = [];
        for (var t = 0; t < bags.Items.Count; t++) profiles[bags.Owners.Rows[t]].Add(bags.Items.Rows[t]);
        return [.. profiles.Select(profile => profile.ToArray())];
    }
}
