using Bulwark.Evaluation.Tuning;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation.Tuning;

/// <summary>Functions whose best values are known, to be searched instead of models.</summary>
internal static class TuningWorld
{
    public static SearchSpace Square { get; } = new(Dimension.Real("x", -5, 10), Dimension.Real("y", 0, 15));

    /// <summary>The unit cube.</summary>
    public static SearchSpace Cube { get; } = new(Dimension.Real("a", 0, 1), Dimension.Real("b", 0, 1), Dimension.Real("c", 0, 1));

    /// <summary>Every kind of dimension; of the last nothing depends.</summary>
    public static SearchSpace Mixed { get; } = new(
        Dimension.Real("rate", 1e-4, 1, log: true), Dimension.Whole("dimension", 1, 256, log: true), Dimension.Choice("kind", "u", "v", "w"),
        Dimension.Real("idle", 0, 1));

    /// <summary>The function of Branin (1972) with its sign turned, on [−5, 10] × [0, 15]: at most −0.397887, at three places.</summary>
    public static double Branin(IReadOnlyList<double> v)
    {
        var a = v[1] - 5.1 / (4 * Math.PI * Math.PI) * v[0] * v[0] + 5 / Math.PI * v[0] - 6;
        return -(a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(v[0]) + 10);
    }

    /// <summary>A bowl: 0 at rate 10⁻¹·², a dimension near 6 and kind v.</summary>
    public static double Bowl(IReadOnlyList<double> v)
    {
        var (rate, dimension) = (Mixed.Dimensions[0].Unit(v[0]) - 0.7, Mixed.Dimensions[1].Unit(v[1]) - 0.3);
        return -(4 * rate * rate + dimension * dimension + (v[2] == 1 ? 0 : 0.1));
    }

    public static IReadOnlyList<Trial> Run(
        SearchSpace space, Search search, ulong seed, Func<IReadOnlyList<double>, double> of, IReadOnlyList<Trial>? earlier = null,
        Action<IReadOnlyList<Trial>>? ended = null, CancellationToken cancel = default) =>
        Tuner.Run(space, search, new Rng(seed), (number, values, budget) => new(number, values, budget, of(values), 0, 0), earlier ?? [], ended, cancel);

    /// <summary>Trials as text, for comparisons.</summary>
    public static string[] Texts(IReadOnlyList<Trial> trials) =>
        [.. trials.Select(trial => $"{trial.Number} {string.Join(' ', trial.Values)} {trial.Budget} {trial.Figure}")];
}
