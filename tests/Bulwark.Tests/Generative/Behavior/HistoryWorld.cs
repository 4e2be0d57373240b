using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

/// <summary>
/// A world whose right answer is known: everybody goes around a ring of twelve items for six steps, half of them item by item, half of them five items at a
/// time. The item before does not tell which; the two before do.
/// </summary>
internal static class HistoryWorld
{
    public const int Items = 12, Length = 6;
    private static readonly int[] _strides = [1, 5];

    public static Interactions TwoStrides(int users, Rng rng)
    {
        var builder = new InteractionsBuilder(items: new Vocabulary(Enumerable.Range(0, Items).Select(item => $"i{item}")), hasTimes: true);
        for (var user = 0; user < users; user++)
        {
            var first = rng.Next(Items);
            for (var t = 0; t < Length; t++) builder.Add($"u{user}", $"i{(first + t * _strides[user % 2]) % Items}", time: 100 * user + 10 * t);
        }
        return builder.Build();
    }

    /// <summary>The share of steps behind the first of each history that are as long as the one before, and one of the two lengths.</summary>
    public static double Steady(IEnumerable<int[]> histories) => histories.SelectMany(own =>
    {
        int[] steps = [.. own.Skip(1).Select((item, t) => (item - own[t] + Items) % Items)];
        return steps.Skip(1).Select((step, t) => step == steps[t] && _strides.Contains(step) ? 1.0 : 0);
    }).Average();
}
