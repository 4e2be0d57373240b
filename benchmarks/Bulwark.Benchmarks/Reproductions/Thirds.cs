using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>Two users in three to learn from, and the third to compare what was made up with; new ones for each seed.</summary>
internal static class Thirds
{
    /// <summary>Prints the mean of each figure over seeds. With <c>--validate</c> a part of the two thirds stands for the third.</summary>
    public static void Measure(
        string name, string model, string settings, Interactions all, Arguments options,
        Func<Interactions, Interactions, Rng, IEnumerable<(string Metric, double Value)>> measured)
    {
        var start = Stopwatch.GetTimestamp();
        var seeds = options.Seeds().Select(seed =>
        {
            var (train, others) = Of(all, options.Has("validate"), new Rng(seed));
            return measured(train, others, new Rng(seed)).ToArray();
        }).ToArray();
        foreach (var (n, (metric, _)) in seeds[0].Index())
        {
            var spread = Spread.Of([.. seeds.Select(seed => seed[n].Value)]);
            new Figure(name, model, string.Create(CultureInfo.InvariantCulture, $"{settings}; {spread.Count} of deviation {spread.Deviation:F4}"), options.Seeds()[0],
                options.Has("validate") ? "validation" : "test", metric, spread.Mean, null, Figure.Since(start)).Print();
        }
    }

    /// <summary>How many users have anything.</summary>
    public static int Active(Interactions rows) => Enumerable.Range(0, rows.UserCount).Count(user => rows.ByUser.Items(user).Length > 0);

    private static (Interactions Train, Interactions Others) Of(Interactions all, bool validate, Rng rng)
    {
        int[] order = [.. Enumerable.Range(0, all.UserCount)];
        rng.Fork("thirds").Shuffle<int>(order);
        var third = all.UserCount / 3;
        var (others, rest) = validate ? (order[third..(2 * third)], order[(2 * third)..]) : (order[..third], order[third..]);
        return (all.OfUsers(rest.ToHashSet().Contains), all.OfUsers(others.ToHashSet().Contains));
    }
}
