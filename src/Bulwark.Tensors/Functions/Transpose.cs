using System.Runtime.CompilerServices;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>Two axes exchanged, the last two unless said. ∂/∂x = the same exchange. <see cref="MatMul"/> transposes without this.</summary>
    public static unsafe Tensor Transpose(this Tensor x, int first = -2, int second = -1)
    {
        var shape = x.Shape;
        var (a, b) = (shape.Axis(first), shape.Axis(second));
        if (a == b) return x;
        if (a > b) (a, b) = (b, a);
        var result = Tensor.Uninitialized(shape.With(a, shape[b]).With(b, shape[a]));
        float* from = x.Data, to = result.Data;
        int rows = shape[a], columns = shape[b], run = shape.Trailing(b + 1);
        var between = 1;
        for (var axis = a + 1; axis < b; axis++) between *= shape[axis];
        var (rowStride, size) = ((nint)between * columns * run, (nint)rows * between * columns * run);
        for (var outer = shape.Leading(a); outer > 0; outer--, from += size, to += size)
            for (var i = 0; i < between; i++)
                ExchangeAxes(from + (nint)i * columns * run, rowStride, to + (nint)i * rows * run, (nint)between * rows * run, rows, columns, run);
        return Tape.Record(result, TransposePull, null, a * 4 + b, x);
    }

    private static readonly Pullback TransposePull = static (node, gradient, _) => gradient.Transpose((int)node.Number / 4, (int)node.Number % 4);

    /// <summary>to[c, r, :] = from[r, c, :], in tiles so that both sides stay in cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe void ExchangeAxes(float* from, nint fromStride, float* to, nint toStride, int rows, int columns, int run)
    {
        const int tile = 16;
        for (var r0 = 0; r0 < rows; r0 += tile)
            for (var c0 = 0; c0 < columns; c0 += tile)
                for (var c = c0; c < Math.Min(columns, c0 + tile); c++)
                    for (var r = r0; r < Math.Min(rows, r0 + tile); r++)
                    {
                        float* source = from + r * fromStride + (nint)c * run, target = to + c * toStride + (nint)r * run;
                        if (run == 1) *target = *source;
                        else Buffer.MemoryCopy(source, target, (long)run * sizeof(float), (long)run * sizeof(float));
                    }
    }
}
