namespace Bulwark.Cli;

/// <summary>What the user may have meant.</summary>
internal static class Suggest
{
    /// <summary>"Unknown model 'brp'. Did you mean 'bpr'?", or the list of what there is where nothing is near.</summary>
    public static string Unknown(string kind, string given, IEnumerable<string> known)
    {
        var names = known.Distinct().ToArray();
        var nearest = names.MinBy(name => Distance(given.ToLowerInvariant(), name.ToLowerInvariant()));
        var near = nearest is not null
            && (Distance(given.ToLowerInvariant(), nearest.ToLowerInvariant()) <= 1 + nearest.Trim('-').Length / 4 || Extends(nearest, given));
        return near ? $"Unknown {kind} '{given}'. Did you mean '{nearest}'?" : $"Unknown {kind} '{given}'. There are: {string.Join(", ", names)}.";
    }

    private static bool Extends(string name, string given) => given.Length >= 3 && name.StartsWith(given, StringComparison.OrdinalIgnoreCase);

    /// <summary>Insertions, deletions, replacements and swaps of neighbors (optimal string alignment).</summary>
    internal static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        return d[a.Length, b.Length];
    }
}
