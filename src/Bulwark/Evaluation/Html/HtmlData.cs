using Bulwark.Evaluation.Charts;

namespace Bulwark.Evaluation.Html;

/// <summary>The data's profile: facts, quantiles, how many items have how many interactions, and how unequal they are.</summary>
internal static class HtmlData
{
    private const int LorenzPoints = 60;

    private static readonly double[] Quantiles = [0, 0.25, 0.5, 0.75, 0.9, 0.99, 1];

    public static void Write(HtmlPage page, DataProfileView profile)
    {
        if (profile.Facts.Count > 0) page.Facts(profile.Facts);
        List<(string Name, int[] Counts)> sides = [("Items", Sorted(profile.ItemCounts)), ("Users", Sorted(profile.UserCounts))];
        sides.RemoveAll(side => side.Counts.Length == 0);
        if (sides.Count == 0) return;

        string[][] rows = [.. sides.Select(side => (string[])
        [
            side.Name, .. Quantiles.Select(q => ReportNumber.Whole(Quantile(side.Counts, q))),
            ReportNumber.Short(side.Counts.Average()), ReportNumber.Fixed(Gini(side.Counts), 2),
        ])];
        page.Table("Interactions of an item, of a user", "Quantiles, mean, and the Gini coefficient: 0 when all have the same, near 1 when a few have all.",
            new(["", "least", "25%", "median", "75%", "90%", "99%", "most", "mean", "Gini"], rows, [false, .. Enumerable.Repeat(true, 9)]));
        page.Figure("How many items have how many interactions, and the Lorenz curve: the further it sags, the more a few hold.",
            [.. sides.Where(side => side.Name == "Items").Select(side => (Action<TextWriter>)Popularity(side.Counts).Write), Concentration(sides).Write]);
    }

    private static BarChart Popularity(int[] sorted) => new("interactions of the item", "items", Histogram(sorted))
    {
        Title = "Popularity",
        Description = $"Of {sorted.Length} items the median has {Quantile(sorted, 0.5)} interactions, the most popular {sorted[^1]}.",
    };

    private static LineChart Concentration(List<(string Name, int[] Counts)> sides) => new(
        new("share of them, least active first") { Min = 0, Max = 1 }, new("share of all interactions") { Min = 0, Max = 1 },
        [.. sides.Select((side, style) => new ChartSeries(side.Name, Lorenz(side.Counts), style)), new("if all were equal", [new(0, 0), new(1, 1)], 5)])
    {
        Title = "Concentration",
        Description = string.Join(' ', sides.Select(side => $"{side.Name}: Gini coefficient {ReportNumber.Fixed(Gini(side.Counts), 2)}.")),
    };

    private static int[] Sorted(IReadOnlyList<int> counts)
    {
        int[] sorted = [.. counts];
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>The nearest-rank quantile: the least count that a share q of all do not exceed.</summary>
    private static int Quantile(int[] sorted, double q) => sorted[Math.Max(0, (int)Math.Ceiling(q * sorted.Length) - 1)];

    /// <summary>Gini = 2·Σ i·xᵢ / (n·Σ xᵢ) − (n + 1) / n over ascending xᵢ, i from 1.</summary>
    private static double Gini(int[] sorted)
    {
        double n = sorted.Length, weighted = 0, sum = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            weighted += (i + 1.0) * sorted[i];
            sum += sorted[i];
        }
        return sum == 0 ? 0 : 2 * weighted / (n * sum) - (n + 1) / n;
    }

    /// <summary>Counts in bins that double: 0, 1, 2–3, 4–7, …</summary>
    private static List<(string, double)> Histogram(int[] sorted)
    {
        var bins = new List<(string, double)>();
        var i = 0;
        for (long low = sorted[0] == 0 ? 0 : 1; i < sorted.Length; low = Math.Max(1, 2 * low))
        {
            var high = low == 0 ? 0 : 2 * low - 1;
            var from = i;
            while (i < sorted.Length && sorted[i] <= high) i++;
            if (bins.Count > 0 || i > from) bins.Add((low == high ? $"{low}" : $"{low}–{high}", i - from));
        }
        return bins;
    }

    private static List<ChartPoint> Lorenz(int[] sorted)
    {
        var total = sorted.Sum(count => (double)count);
        var points = new List<ChartPoint> { new(0, 0) };
        var sum = 0.0;
        for (int i = 0, drawn = 1; i < sorted.Length; i++)
        {
            sum += sorted[i];
            if ((i + 1L) * LorenzPoints < (long)drawn * sorted.Length) continue;
            points.Add(new((i + 1.0) / sorted.Length, total > 0 ? sum / total : 0));
            drawn++;
        }
        return points;
    }
}
