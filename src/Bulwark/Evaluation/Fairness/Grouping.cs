using System.Globalization;
using Bulwark.Data;

namespace Bulwark.Evaluation.Fairness;

/// <summary>Users or items in groups whose figures are compared.</summary>
/// <param name="By">What parts them, as reports call it: "activity".</param>
/// <param name="Names">The groups' names, in the order of reports.</param>
/// <param name="Of">(members) the group of each; −1 for a member of none.</param>
public sealed record Grouping(string By, IReadOnlyList<string> Names, int[] Of)
{
    private const int MostGroups = 20;
    private const double Head = 0.2;                         // of the items, the most popular: the usual cut of a long tail

    /// <summary>Users in three parts of equal size by how many items each touched in training; users without any are in none.</summary>
    public static Grouping ByActivity(UserRows seen) =>
        Thirds("activity", ["least active", "medium", "most active"], [.. Enumerable.Range(0, seen.UserCount).Select(user => (double)seen[user].Length)], 0);

    /// <summary>The fifth of the items that most users touched in training, the other items, and those that nobody touched.</summary>
    public static Grouping ByPopularity(IReadOnlyList<int> counts)
    {
        var groups = new int[counts.Count];
        int[] touched = [.. Enumerable.Range(0, groups.Length).Where(item => counts[item] > 0).OrderByDescending(item => counts[item])];
        Array.Fill(groups, 2);
        foreach (var (place, item) in touched.Index()) groups[item] = place < Math.Ceiling(Head * touched.Length) ? 0 : 1;
        return new("popularity", ["popular", "tail", "new"], groups);
    }

    /// <summary>By a column: its texts, or thirds of its numbers. Who has no entry is in no group.</summary>
    /// <param name="column">A row for each member.</param>
    /// <exception cref="ArgumentException">The column has sequences of numbers, or more texts than groups can be compared.</exception>
    public static Grouping ByAttribute(AttributeColumn column)
    {
        if (column.Kind == AttributeKind.Float)
            return Thirds(column.Name, ["low", "medium", "high"], [.. column.Numbers.ToArray().Select(number => (double)number)], double.NegativeInfinity);
        if (column.Kind == AttributeKind.FloatSequence)
            throw new ArgumentException($"Column '{column.Name}' holds sequences of numbers; group by one of texts or of numbers.");
        string[] names = [.. column.Texts.ToArray().OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return names.Length <= MostGroups ? new(column.Name, names, [.. column.Texts.ToArray().Select(text => Array.IndexOf(names, text))])
            : throw new ArgumentException($"Column '{column.Name}' has {names.Length} different texts; group by one with at most {MostGroups}.");
    }

    /// <summary>Three groups of equal size; members with equal values stay together in the lower one. Values up to <paramref name="none"/>, and NaN, are in none.</summary>
    private static Grouping Thirds(string by, string[] names, double[] values, double none)
    {
        double[] sorted = [.. values.Where(value => value > none).Order()];
        var (low, high) = sorted.Length == 0 ? (0, 0) : (sorted[(sorted.Length - 1) / 3], sorted[2 * (sorted.Length - 1) / 3]);
        string[] ranges = [Words(0, $"up to {Short(low)}"), Words(1, $"up to {Short(high)}"), Words(2, $"above {Short(high)}")];
        return new(by, ranges, [.. values.Select(value => !(value > none) ? -1 : value <= low ? 0 : value <= high ? 1 : 2)]);

        string Words(int n, string range) => $"{names[n]} ({range})";
    }

    private static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
