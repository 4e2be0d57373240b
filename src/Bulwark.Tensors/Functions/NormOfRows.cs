using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// ‖x_b‖₂ of everything at index b of the first axis: (b, …) to (b). ∂/∂x_b = x_b / ‖x_b‖, and 0 where the norm is 0.
    /// </summary>
    /// <exception cref="ArgumentException">x is a scalar.</exception>
    public static unsafe Tensor NormOfRows(this Tensor x)
    {
        if (x.Shape.Rank == 0) throw new ArgumentException("A scalar has no rows.");
        var (rows, width) = (x.Shape[0], x.Shape.RowLength);
        var result = Tensor.Uninitialized(rows);
        float* from = x.Data, to = result.Data;
        for (var row = 0; row < rows; row++, from += width) to[row] = MathF.Sqrt(RowKernels.Dot(from, from, width));
        return Tape.Record(result, NormOfRowsPull, x);
    }

    private static readonly Pullback NormOfRowsPull = static (node, gradient, _) =>
    {
        var x = node.Inputs[0];
        return x.Reshape((x.Shape[0], x.Shape.RowLength)).ScaleRows(gradient * node.Output.InverseOrZero()).Reshape(x.Shape);
    };

    /// <summary>1/x, and 0 at 0. ∂/∂x = −1/x², and 0 at 0.</summary>
    private static Tensor InverseOrZero(this Tensor x) =>
        Tape.Record(Broadcasting.Apply<InverseOrZeroKernel>(x), static (node, gradient, _) => gradient * node.Output * node.Output * -1, x);

    private readonly struct InverseOrZeroKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => T.IfEqual(x, T.Of(0), x, T.Of(1) / x);
    }
}
