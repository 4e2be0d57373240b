using System.Globalization;
using Bulwark.Attacks.Poisoning;
using Bulwark.Data;
using Bulwark.Defenses.Detection;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Who is found: precision, recall and F1 over fake accounts, and the share of honest users accused, for every attack, means over seeds; with all targets
/// in one attack and with an attack for each target. <c>--clicks</c> hides the ratings from the detectors.
/// </summary>
internal static class ShillingDetection
{
    public static void Print(ShillingData data, IReadOnlyList<int> targets, Arguments options)
    {
        var honest = Screen(data.Train, data.Train.UserCount, options);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{data.Name}, detection. Honest data: {honest.Accused} of {data.Train.UserCount} users accused"));
        Console.WriteLine($"{"attack",-12}{"all targets: F1",-18}{"precision",-11}{"recall",-9}{"accused",-10}{"one target: F1",-17}{"precision",-11}{"recall",-9}{"accused"}");
        foreach (var (name, attack) in data.Attacks(targets))
        {
            var together = options.Seeds().Select(seed => Screen(Poison(attack, targets, seed), data.Train.UserCount, options));
            var learned = attack is SurrogatePoison or Aush;                                      // minutes, one by one
            var each = targets.SelectMany(target => options.Seeds().Take(learned ? 1 : 3).Select(seed =>
                Screen(Poison(data.Attacks([target]).Single(other => other.Name == name).Attack, [target], seed), data.Train.UserCount, options)));
            Console.WriteLine($"{name,-12}{Line(together),-48}{Line(each)}");
        }

        Interactions Poison(IPoison attack, IReadOnlyList<int> some, ulong seed) =>
            attack.Poison(data.Train, new(ShillingData.Accounts, ShillingData.Fillers + some.Count, some), new Rng(seed).Fork("poison"));
    }

    private readonly record struct Found(double Precision, double Recall, double F1, int Accused, double AccusedShare);

    private static string Line(IEnumerable<Found> all)
    {
        Found[] found = [.. all];
        return string.Create(CultureInfo.InvariantCulture,
            $"{found.Average(f => f.F1),-18:F3}{found.Average(f => f.Precision),-11:F3}{found.Average(f => f.Recall),-9:F3}{found.Average(f => f.AccusedShare),-10:P1}");
    }

    private static Found Screen(Interactions data, int honest, Arguments options)
    {
        if (options.Has("clicks")) data = new(data.Users, data.Items, data.User.ToArray(), data.Item.ToArray());
        var suspects = Screening.Of(data, new Rng(1)).Suspects;
        if (options.Has("why"))
            foreach (var reason in suspects.SelectMany(suspect => suspect.Reasons).GroupBy(reason => reason).OrderByDescending(group => group.Count()).Take(12))
                Console.WriteLine($"    {reason.Count()} × {reason.Key}");
        var (accused, caught) = (suspects.Count(suspect => suspect.User < honest), suspects.Count(suspect => suspect.User >= honest));
        var (precision, recall) = (suspects.Count > 0 ? (double)caught / suspects.Count : 0, (double)caught / Math.Max(1, data.UserCount - honest));
        return new(precision, recall, caught > 0 ? 2 * precision * recall / (precision + recall) : 0, accused, (double)accused / honest);
    }
}
