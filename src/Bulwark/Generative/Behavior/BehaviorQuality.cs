using Bulwark.Data;

namespace Bulwark.Generative.Behavior;

/// <summary>Whether made-up users behave as real ones do.</summary>
/// <param name="Activity">The Kolmogorov–Smirnov distance of how many items a user has.</param>
/// <param name="Popularity">That of the share of users whom an item has, over the items.</param>
/// <param name="Reach">That of the popularity, among real users, of what is touched: a permutation of popular items shows here and not in <paramref name="Popularity"/>.</param>
/// <param name="Coverage">Distinct items touched, as a share of those that real users touched.</param>
/// <param name="Duplicates">The share of made-up users with the very items of another one.</param>
public sealed record BehaviorQuality(double Activity, double Popularity, double Reach, double Coverage, double Duplicates)
{
    /// <summary>Compares two populations with the same items. Users without items do not count.</summary>
    /// <exception cref="ArgumentException">They number items differently, or one of them has nobody.</exception>
    public static BehaviorQuality Of(Interactions real, Interactions made)
    {
        if (real.ItemCount != made.ItemCount) throw new ArgumentException("Both populations need the same items: build them over one vocabulary.");
        int[][] own = Profiles(real), other = Profiles(made);
        if (own.Length == 0 || other.Length == 0) throw new ArgumentException("One of the populations has nobody with an item.");
        double[] known = Popular(own, real.ItemCount), their = Popular(other, real.ItemCount);
        return new(
            KolmogorovSmirnov.Distance([.. own.Select(profile => (double)profile.Length)], [.. other.Select(profile => (double)profile.Length)]),
            KolmogorovSmirnov.Distance(known, their),
            KolmogorovSmirnov.Distance([.. own.SelectMany(Touched)], [.. other.SelectMany(Touched)]),
            (double)their.Count(share => share > 0) / known.Count(share => share > 0),
            1 - (double)other.GroupBy(profile => string.Join(' ', profile)).Count(group => group.Count() == 1) / other.Length);

        IEnumerable<double> Touched(int[] profile) => profile.Select(item => known[item]);
    }

    private static int[][] Profiles(Interactions all) =>
        [.. Enumerable.Range(0, all.UserCount).Select(user => all.ByUser.SortedItems(user).ToArray()).Where(items => items.Length > 0)];

    /// <summary>(items): the share of profiles that have it.</summary>
    private static double[] Popular(int[][] profiles, int items)
    {
        var shares = new double[items];
        foreach (var profile in profiles)
            foreach (var item in profile) shares[item] += 1.0 / profiles.Length;
        return shares;
    }
}
