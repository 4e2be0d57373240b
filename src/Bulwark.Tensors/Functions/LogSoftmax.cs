using System.Runtime.CompilerServices;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// x − ln Σ e^x over the last axis, of x + mask where a mask is given (−∞ leaves an element out). A row with nothing in it is −∞.
    /// ∂/∂x: dx = dy − e^y · Σ dy, and 0 where y = −∞.
    /// </summary>
    /// <param name="x">(…, n).</param>
    /// <param name="mask">Added to x; broadcast to its shape.</param>
    /// <exception cref="ArgumentException">The mask does not broadcast to x's shape.</exception>
    public static unsafe Tensor LogSoftmax(this Tensor x, Tensor? mask = null)
    {
        var result = Masked(x, mask);
        var rows = new RowParts(x.Shape, (mask is null ? x : result).Data, null, result.Data);
        Team.Run(rows.Parts, rows, static (rows, part) =>
        {
            var (first, count) = rows[part];
            LogSoftmaxRows(rows.X + first, rows.To + first, count, rows.Width);
        });
        return mask is null ? Tape.Record(result, LogSoftmaxPull, x) : Tape.Record(result, LogSoftmaxPull, x, mask);
    }

    private static readonly unsafe Pullback LogSoftmaxPull = static (node, gradient, input) =>
    {
        if (!Tape.Follows(gradient, node.Output)) return LogSoftmaxGradient(gradient, node.Output).SumTo(node.Inputs[input].Shape);
        var counted = gradient * Broadcasting.Apply<IsAboveMinusInfinity>(node.Output);
        return (counted - node.Output.Exp() * counted.Sum(-1, keep: true)).SumTo(node.Inputs[input].Shape);
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe void LogSoftmaxRows(float* x, float* to, int rows, int width)
    {
        if (width == 0) return;
        for (var row = 0; row < rows; row++, x += width, to += width)
        {
            var max = Loop.Extreme<Larger>(x, width);
            var shift = max == float.NegativeInfinity ? 0 : max;
            var sum = Loop.Sum(width, new ExponentialSumTerm(x, shift));
            Loop.Run(width, new MinusTwoConstants(x, shift, sum > 0 ? LogOf(sum) : sum, to));
        }
    }

    /// <summary>The pullback's formula in one pass over each row.</summary>
    private static unsafe Tensor LogSoftmaxGradient(Tensor gradient, Tensor y)
    {
        var result = Tensor.Uninitialized(y.Shape);
        var rows = new RowParts(y.Shape, y.Data, gradient.Data, result.Data);
        Team.Run(rows.Parts, rows, static (rows, part) =>
        {
            var (first, count) = rows[part];
            LogSoftmaxGradientRows(rows.X + first, rows.Y + first, rows.To + first, count, rows.Width);
        });
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe void LogSoftmaxGradientRows(float* y, float* gradient, float* to, int rows, int width)
    {
        for (var row = 0; row < rows; row++, y += width, gradient += width, to += width)
        {
            Elementwise.Zip<Counted>(gradient, y, to, width);
            Loop.Run(width, new LessShareOf(y, Elementwise.Sum(to, width), to));
        }
    }

    /// <summary>ln x by the same formula as everywhere else, hence the same bits.</summary>
    private static float LogOf(float x) => LaneMath.Log(F1.Of(x)).Value;

    private readonly unsafe struct ExponentialSumTerm(float* x, float shift) : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Add<T>(T sum, int i) where T : struct, ILanes<T> => sum + LaneMath.Exp(T.Load(x + i) - T.Of(shift));
    }

    /// <summary>(x − shift) − log: two steps, because their sum would lose the digits of the smaller.</summary>
    private readonly unsafe struct MinusTwoConstants(float* x, float shift, float log, float* to) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T> => T.Store(T.Load(x + i) - T.Of(shift) - T.Of(log), to + i);
    }

    /// <summary>to − e^y · sum.</summary>
    private readonly unsafe struct LessShareOf(float* y, float sum, float* to) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T> => T.Store(T.Load(to + i) - LaneMath.Exp(T.Load(y + i)) * T.Of(sum), to + i);
    }

    private readonly struct Counted : IBinary
    {
        public static T Of<T>(T gradient, T y) where T : struct, ILanes<T> => gradient * IsAboveMinusInfinity.Of(y);
    }

    private readonly struct IsAboveMinusInfinity : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => T.IfEqual(x, T.Of(float.NegativeInfinity), T.Of(0), T.Of(1));
    }
}
