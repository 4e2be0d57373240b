using Bulwark.Data;

namespace Bulwark.Generative.Behavior;

/// <summary>Whether made-up ratings are given as real ones are: Kolmogorov–Smirnov distances.</summary>
/// <param name="Ratings">Of ratings.</param>
/// <param name="Users">Of the means of users: some are kinder than others.</param>
/// <param name="Spread">Of the deviations of users: some say only the best.</param>
/// <param name="Items">Of the means of items.</param>
public sealed record RatingQuality(double Ratings, double Users, double Spread, double Items)
{
    /// <summary>Compares two populations.</summary>
    /// <exception cref="ArgumentException">One of them has no ratings.</exception>
    public static RatingQuality Of(Interactions real, Interactions made)
    {
        var (own, other) = (Of(real), Of(made));
        double Distance(Func<(double[] Ratings, double[] Users, double[] Spread, double[] Items), double[]> of) => KolmogorovSmirnov.Distance(of(own), of(other));
        return new(Distance(all => all.Ratings), Distance(all => all.Users), Distance(all => all.Spread), Distance(all => all.Items));
    }

    private static (double[] Ratings, double[] Users, double[] Spread, double[] Items) Of(Interactions all)
    {
        double[] ratings = [.. all.Value.ToArray().Select(value => (double)value)];
        var (users, items) = (By(all.User, all.UserCount), By(all.Item, all.ItemCount));
        return (ratings, [.. users.Select(own => own.Average())], [.. users.Select(Deviation)], [.. items.Select(own => own.Average())]);

        double[][] By(ReadOnlySpan<int> column, int count)
        {
            var groups = Enumerable.Range(0, count).Select(_ => new List<double>()).ToArray();
            for (var row = 0; row < column.Length; row++) groups[column[row]].Add(ratings[row]);
            return [.. groups.Where(own => own.Count > 0).Select(own => own.ToArray())];
        }
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
