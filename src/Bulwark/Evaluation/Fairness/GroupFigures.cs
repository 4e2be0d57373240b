namespace Bulwark.Evaluation.Fairness;

/// <summary>A figure of one group.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Count">Of how many users, or pairs, it is the mean; for exposure, the group's members.</param>
/// <param name="Value">The figure; NaN where there is nothing to average.</param>
public sealed record GroupFigure(string Group, int Count, double Value);

/// <summary>What recommendations are worth to each group of users, and where each group of items stands in them.</summary>
public static class GroupFigures
{
    /// <summary>The mean of a metric over the users of each group that were measured.</summary>
    public static IReadOnlyList<GroupFigure> OfUsers(RankingResult result, string metric, Grouping users)
    {
        var values = result.PerUser(metric).ToArray();
        return Means(users, result.Users.Select((user, n) => (user, values[n])));
    }

    /// <summary>Recall of each group of items: the share of the test pairs with an item of the group that the lists hold.</summary>
    /// <param name="lists">The best k of each user.</param>
    /// <param name="test">What users should find.</param>
    /// <param name="items">The groups.</param>
    public static IReadOnlyList<GroupFigure> OfItems(Recommendations lists, UserRows test, Grouping items) => Means(items, Hits(lists, test));

    /// <summary>
    /// Exposure: the share of all attention that each group of items gets, Σ 1 / log₂(1 + rank) over its places in all lists (Singh and Joachims 2018). An even
    /// hand would give each group its share of the catalog.
    /// </summary>
    public static IReadOnlyList<GroupFigure> Exposure(Recommendations lists, Grouping items)
    {
        var (sums, all) = (new double[items.Names.Count], 0.0);
        for (var n = 0; n < lists.Users.Count; n++)
            foreach (var (place, item) in lists.Items(n).ToArray().Index())
            {
                var attention = 1 / Math.Log2(2 + place);
                all += attention;
                if (items.Of[item] >= 0) sums[items.Of[item]] += attention;
            }
        return [.. items.Names.Select((name, group) => new GroupFigure(name, items.Of.Count(of => of == group), all > 0 ? sums[group] / all : double.NaN))];
    }

    /// <summary>The best group's figure less the worst's; 0 where fewer than two groups have one.</summary>
    public static double Gap(IReadOnlyList<GroupFigure> figures)
    {
        double[] known = [.. figures.Select(figure => figure.Value).Where(double.IsFinite)];
        return known.Length < 2 ? 0 : known.Max() - known.Min();
    }

    /// <summary>Every test pair's item, and 1 where its user's list holds it.</summary>
    internal static IEnumerable<(int Item, double Hit)> Hits(Recommendations lists, UserRows test)
    {
        for (var n = 0; n < lists.Users.Count; n++)
        {
            var list = lists.Items(n).ToArray();
            foreach (var item in test[lists.Users[n]].ToArray()) yield return (item, list.Contains(item) ? 1 : 0);
        }
    }

    private static GroupFigure[] Means(Grouping groups, IEnumerable<(int Member, double Value)> values)
    {
        var (sums, counts) = (new double[groups.Names.Count], new int[groups.Names.Count]);
        foreach (var (member, value) in values)
        {
            if (groups.Of[member] is not (>= 0 and var group)) continue;
            sums[group] += value;
            counts[group]++;
        }
        return [.. groups.Names.Select((name, group) => new GroupFigure(name, counts[group], counts[group] > 0 ? sums[group] / counts[group] : double.NaN))];
    }
}
