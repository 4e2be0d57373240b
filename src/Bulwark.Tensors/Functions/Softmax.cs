using System.Runtime.CompilerServices;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// e^x / Σ e^x over the last axis, of x + mask where a mask is given: −∞ there leaves an element out. A row with nothing in it is zero.
    /// ∂/∂x: dx = p ∘ (dp − ⟨dp, p⟩).
    /// </summary>
    /// <param name="x">(…, n).</param>
    /// <param name="mask">Added to x; broadcast to its shape.</param>
    /// <exception cref="ArgumentException">The mask does not broadcast to x's shape.</exception>
    public static unsafe Tensor Softmax(this Tensor x, Tensor? mask = null)
    {
        var result = Masked(x, mask);
        var rows = new RowParts(x.Shape, (mask is null ? x : result).Data, null, result.Data);
        Team.Run(rows.Parts, rows, static (rows, part) =>
        {
            var (first, count) = rows[part];
            SoftmaxRows(rows.X + first, rows.To + first, count, rows.Width);
        });
        return mask is null ? Tape.Record(result, SoftmaxPull, x) : Tape.Record(result, SoftmaxPull, x, mask);
    }

    private static readonly Pullback SoftmaxPull = static (node, gradient, input) =>
        node.Output.SoftmaxGradient(gradient).SumTo(node.Inputs[input].Shape);

    /// <summary>p ∘ (g − ⟨g, p⟩) for each row: symmetric in what it does to g, hence its own pullback there.</summary>
    private static unsafe Tensor SoftmaxGradient(this Tensor p, Tensor g)
    {
        var result = Tensor.Uninitialized(p.Shape);
        var rows = new RowParts(p.Shape, p.Data, g.Data, result.Data);
        Team.Run(rows.Parts, rows, static (rows, part) =>
        {
            var (first, count) = rows[part];
            SoftmaxGradientRows(rows.X + first, rows.Y + first, rows.To + first, count, rows.Width);
        });
        return Tape.Record(result, SoftmaxGradientPull, p, g);
    }

    private static readonly Pullback SoftmaxGradientPull = static (node, u, input) =>
    {
        var (p, g) = (node.Inputs[0], node.Inputs[1]);
        if (input == 1) return p.SoftmaxGradient(u);
        return u * (g - (g * p).Sum(-1, keep: true)) - g * (u * p).Sum(-1, keep: true);
    };

    /// <summary>x + mask; without a mask, room for the result.</summary>
    private static Tensor Masked(Tensor x, Tensor? mask)
    {
        if (mask is null) return Tensor.Uninitialized(x.Shape);
        var sum = Broadcasting.Apply<Plus>(x, mask);
        return sum.Shape == x.Shape ? sum : throw new ArgumentException($"A mask of the shape {mask.Shape} does not fit {x.Shape}.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe void SoftmaxRows(float* x, float* to, int rows, int width)
    {
        if (width == 0) return;
        for (var row = 0; row < rows; row++, x += width, to += width)
        {
            var sum = ExponentialsOfRow(x, to, width, out _);
            Loop.Run(width, new TimesConstant(to, sum > 0 ? 1 / sum : sum, to));
        }
    }

    /// <summary>to = e^(x − max x); returns their sum. A row of −∞ gives zeros and the sum 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe float ExponentialsOfRow(float* x, float* to, int width, out float max)
    {
        max = Loop.Extreme<Larger>(x, width);
        return Loop.Sum(width, new ExponentialTerm(x, max == float.NegativeInfinity ? 0 : max, to));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe void SoftmaxGradientRows(float* p, float* g, float* to, int rows, int width)
    {
        for (var row = 0; row < rows; row++, p += width, g += width, to += width)
            Loop.Run(width, new SoftmaxGradientStep(p, g, RowKernels.Dot(p, g, width), to));
    }

    private readonly unsafe struct ExponentialTerm(float* x, float shift, float* to) : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Add<T>(T sum, int i) where T : struct, ILanes<T>
        {
            var y = LaneMath.Exp(T.Load(x + i) - T.Of(shift));
            T.Store(y, to + i);
            return sum + y;
        }
    }

    private readonly unsafe struct TimesConstant(float* x, float factor, float* to) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T> => T.Store(T.Load(x + i) * T.Of(factor), to + i);
    }

    private readonly unsafe struct SoftmaxGradientStep(float* p, float* g, float dot, float* to) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T> => T.Store(T.Load(p + i) * (T.Load(g + i) - T.Of(dot)), to + i);
    }
}
