using Bulwark.Models;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative.Behavior;

/// <summary>
/// What a profile is given: [ln n ; h ; a], how many items it is to have, which of them are known, as a bag of ones, and traits of whose it is: a segment, or
/// attributes as numbers. (count, 1 + items + traits).
/// </summary>
public static class ProfileConditions
{
    /// <summary>
    /// The conditions of profiles of these lengths that hold these distinct items, of people with these traits; without any where nothing is said.
    /// </summary>
    /// <exception cref="ArgumentException">A profile is shorter than what it is to hold, or longer than all items.</exception>
    public static Tensor Of(int items, IReadOnlyList<int> lengths, IReadOnlyList<int[]> known, IReadOnlyList<float[]>? traits = null)
    {
        var width = 1 + items + Width(traits);
        var values = new float[lengths.Count * width];
        for (var row = 0; row < lengths.Count; row++)
        {
            if (lengths[row] < Math.Max(1, known[row].Length) || lengths[row] > items) throw new ArgumentException(
                $"A profile of {lengths[row]} items cannot hold {known[row].Length} known ones of {items}: ask for a length between them, and at least 1.");
            var own = values.AsSpan(row * width, width);
            own[0] = MathF.Log(lengths[row]);
            foreach (var item in known[row]) own[1 + item] = 1;
            traits?[row].CopyTo(own[(1 + items)..]);
        }
        return Tensor.Of((lengths.Count, width), values);
    }

    /// <summary>Real profiles as examples, each given its length and a random few of its items: any number of them up to so many, none included.</summary>
    /// <param name="items">How many items there are.</param>
    /// <param name="mostKnown">The most items that are known.</param>
    /// <param name="rng">Draws them, for each step anew.</param>
    /// <param name="traits">(users): of each, equally many; null for none.</param>
    public static Func<BagBatch, Examples> Of(int items, int mostKnown, Rng rng, IReadOnlyList<float[]>? traits = null) => batch =>
    {
        var profiles = Profiles(batch.Bags);
        var known = profiles.Select((profile, row) => Few(profile, mostKnown, rng.Fork(batch.Step).Fork(row))).ToArray();
        var own = traits is null ? null : batch.Users.Rows.ToArray().Select(user => traits[user]).ToArray();
        return new(batch.Wanted.Tensor.Reshape((batch.Count, items)), Of(items, [.. profiles.Select(profile => profile.Length)], known, own), batch.Step);
    };

    /// <summary>How many traits there are.</summary>
    internal static int Width(IReadOnlyList<float[]>? traits) => traits is { Count: > 0 } ? traits[0].Length : 0;

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
