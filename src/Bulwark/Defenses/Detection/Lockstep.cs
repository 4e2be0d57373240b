using Bulwark.Data;
using Bulwark.Models.Neighbors;
using Bulwark.Tensors;

namespace Bulwark.Defenses.Detection;

/// <summary>How closely the 19th most alike of the other accounts follows one, in the window in which that is closest.</summary>
/// <param name="Likeness">The cosine of what both took in the window.</param>
/// <param name="From">The window's first second; null where no times are known.</param>
/// <param name="Days">How long the window is; all time where that is longer than the data's.</param>
public readonly record struct Company(double Likeness, long? From, long Days)
{
    /// <summary>In words that follow "this account".</summary>
    public string Words => FormattableString.Invariant($"takes the same as {Lockstep.Others} others and more (cosine {Likeness:F2}){When}");

    private string When => From is not { } from || Days == Lockstep.AllTime ? "" :
        FormattableString.Invariant($" in the {Days} {(Days == 1 ? "day" : "days")} from {DateTimeOffset.FromUnixTimeSeconds(from):yyyy-MM-dd HH:mm}");
}

/// <summary>
/// Accounts that act in step: many of them, on the same items, within the same days (CopyCatch: Beutel et al. 2013; SynchroTrap: Cao et al. 2014). In every
/// window of a day, a week, four weeks and of all time, s_uw is the cosine of what u and its 19th nearest neighbor took there, and s_u = max_w s_uw. What
/// an account did at other times dilutes nothing. Who is in step has s_u above ½ and above what others have of windows as long: median + 5 deviations. Who
/// spreads the actions over all time is found only where they are most of what the account does.
/// </summary>
public static class Lockstep
{
    internal const int Others = 19;                          // a smaller crowd hardly moves a ranking, and chance looks like that
    internal const long AllTime = long.MaxValue;
    private const int LeastItems = 5;                        // in a window; fewer are alike by chance
    private const double Alike = 0.5, Far = 5;
    private const long Day = 86_400;

    /// <summary>(users): whom each is in step with, by its closest window; null for whoever goes alone.</summary>
    public static Company?[] Find(Profiles profiles)
    {
        var found = new Company?[profiles.Users];
        foreach (var days in profiles.Pairs.HasTimes ? [1, 7, 28, AllTime] : new[] { AllTime })
        {
            var closest = Closest(profiles.Pairs, days);
            var (median, deviation) = Robust.Spread(profiles.Each(user => closest[user].Likeness));
            var bound = Math.Max(Alike, median + Far * deviation);
            foreach (var (user, company) in closest.Index())
                if (company.Likeness > Math.Max(bound, found[user]?.Likeness ?? 0)) found[user] = company;
        }
        return found;
    }

    /// <summary>(users): s_u over the windows of one length, each of which overlaps the next by half.</summary>
    private static Company[] Closest(Interactions pairs, long days)
    {
        var closest = new Company[pairs.UserCount];
        int[] order = [.. Enumerable.Range(0, pairs.Count)];
        if (days == AllTime)
        {
            Compare(pairs, order, new(0, pairs.HasTimes ? pairs.Time.ToArray().Min() : null, days), closest);
            return closest;
        }
        var times = pairs.Time.ToArray();
        Array.Sort(times, order);
        var (start, end) = (0, 0);
        for (var from = times[0]; start < order.Length; from += days * Day / 2)
        {
            while (start < order.Length && times[start] < from) start++;
            while (end < order.Length && times[end] < from + days * Day) end++;
            Compare(pairs, order[start..end], new(0, from, days), closest);
        }
        return closest;
    }

    private static void Compare(Interactions pairs, int[] window, Company unlike, Company[] closest)
    {
        var taken = window.GroupBy(row => pairs.User[row], row => pairs.Item[row]).Where(own => own.Count() >= LeastItems).OrderBy(own => own.Key).ToArray();
        if (taken.Length <= Others) return;
        var rows = new SparseRows(pairs.ItemCount, taken.Select(own => own.Order().Select(item => (item, 1f)))).Normalized();
        var near = TopProduct.Of(rows, rows.Transpose(), _ => (_, cosine) => cosine, Others, default);
        foreach (var (n, own) in taken.Index())
        {
            if (near.Length(n) < Others) continue;
            var likeness = near.Values(n).ToArray().Min();
            if (likeness > closest[own.Key].Likeness) closest[own.Key] = unlike with { Likeness = likeness };
        }
    }
}
