using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative.Streams;

/// <summary>
/// How far a window's events move a row, said in one pass: Δ = 2η σ(a) · pull, with a = W relu([‖p‖ ; ‖m‖ ; p·m ; ln(1 + n) ; ln(1 + past)] W₀ + b₀) + b of the row
/// p, its pull and m = pull / (1 + n). W and b start at 0: at first Δ is one gradient step of rate η. Scores p·q are the same in every rotated basis of the rows; so
/// is Δ, which reads rows by their lengths and angles alone. A row without pull stays where it is, whatever was learned.
/// </summary>
/// <param name="name">What its variables' names begin with.</param>
/// <param name="dimension">d, the length of a row.</param>
/// <param name="width">Width of the hidden layer.</param>
/// <param name="rate">η.</param>
public sealed class FeatureUpdater(string name, int dimension, int width, float rate)
{
    private const int Invariants = 5;
    private readonly Mlp _hidden = new(name, [Invariants, width]);
    private readonly Dense _head = new($"{name}.head");

    /// <summary>What is known of a row, its state: [p ; pull ; ln(1 + n) ; ln(1 + past)].</summary>
    /// <param name="row">p, where it stands, (d).</param>
    /// <param name="pull">Where the window's events pull it from there: −∂L/∂p of their BPR loss, (d).</param>
    /// <param name="events">n, how many of the window's events are its.</param>
    /// <param name="past">How many it had before.</param>
    public static float[] State(ReadOnlySpan<float> row, ReadOnlySpan<float> pull, int events, int past) =>
        [.. row, .. pull, MathF.Log(1 + events), MathF.Log(1 + past)];

    /// <summary>Starting values of its variables.</summary>
    public Point Start(Rng rng) => _head.Start(_hidden.Start(new Point(), rng), width, 1, deviation: 0, rng);

    /// <summary>Δ, (rows, d), of states (rows, 2d + 2).</summary>
    public Tensor Of(Point at, Tensor states)
    {
        var (row, pull, counts) = (Row(states), states.Slice(1, dimension, dimension), states.Slice(1, 2 * dimension, 2));
        var mean = pull / counts.Slice(1, 0, 1).Exp();
        var invariants = Tensor.Concat(1, Column(row.NormOfRows()), Column(mean.NormOfRows()), Column(row.Dot(mean)), counts);       // (rows, 5)
        return pull * (_head.Of(at, _hidden.Of(at, invariants)).Sigmoid() * (2 * rate));
    }

    /// <summary>p̂ = p + Δ, (rows, d).</summary>
    public Tensor Moved(Point at, Tensor states) => Row(states) + Of(at, states);

    /// <summary>ln(1 + past), (rows, 1).</summary>
    internal Tensor Past(Tensor states) => states.Slice(1, 2 * dimension + 1, 1);

    private Tensor Row(Tensor states) => states.Slice(1, 0, dimension);

    private static Tensor Column(Tensor x) => x.Reshape((x.Shape[0], 1));
}
