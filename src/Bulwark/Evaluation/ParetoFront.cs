namespace Bulwark.Evaluation;

/// <summary>Of some choices judged by several goals, those that no other choice beats in one goal without losing in another (Pareto).</summary>
public static class ParetoFront
{
    /// <summary>Whether each choice is on the front.</summary>
    /// <param name="values">A choice's value in each goal; of all, more is better.</param>
    public static bool[] Of(IReadOnlyList<IReadOnlyList<double>> values) => [.. values.Select(own => !values.Any(other => Dominates(other, own)))];

    /// <summary>Whether a is at least as good as b in every goal and better in one.</summary>
    public static bool Dominates(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        var pairs = a.Zip(b).ToArray();
        return pairs.All(pair => pair.First >= pair.Second) && pairs.Any(pair => pair.First > pair.Second);
    }
}
