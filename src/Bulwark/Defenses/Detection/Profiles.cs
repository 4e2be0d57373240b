using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Defenses.Detection;

/// <summary>What detectors look at: the profile of each user, one row for each item, and what items usually get.</summary>
public sealed class Profiles
{
    /// <summary>The profiles behind some interactions.</summary>
    public Profiles(Interactions interactions)
    {
        Ratings = Ratings.Of(interactions);
        Pairs = Ratings?.Rows ?? interactions.DistinctPairs();
        Matrix = SparseRows.Of(Pairs);
        Raters = Pairs.ItemCounts();
    }

    /// <summary>The ratings; null where the data hold clicks alone.</summary>
    public Ratings? Ratings { get; }

    /// <summary>One row for each user and item: ratings where there are any, else clicks.</summary>
    public Interactions Pairs { get; }

    /// <summary>(users, items).</summary>
    public SparseRows Matrix { get; }

    /// <summary>(items) how many users each item has.</summary>
    public int[] Raters { get; }

    /// <summary>Number of users.</summary>
    public int Users => Matrix.RowCount;

    /// <summary>|r − μ_i| of a user's n-th item.</summary>
    internal double Deviation(int user, int n) => Ratings is null ? 0 : Math.Abs(Matrix.Values(user)[n] - Ratings.MeanOf(Matrix.Row(user)[n]));

    /// <summary>A figure for each user with a profile; NaN for the others.</summary>
    internal double[] Each(Func<int, double> figure) => [.. Enumerable.Range(0, Users).Select(user => Matrix.Length(user) > 0 ? figure(user) : double.NaN)];

    /// <summary>The mean over a user's items of a figure of the n-th.</summary>
    internal double Mean(int user, Func<int, double> figure)
    {
        var sum = 0.0;
        for (var n = 0; n < Matrix.Length(user); n++) sum += figure(n);
        return sum / Matrix.Length(user);
    }
}
