using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    extension(Tensor)
    {
        /// <summary>x · y element by element, broadcasting. ∂/∂x = y, ∂/∂y = x.</summary>
        public static Tensor operator *(Tensor x, Tensor y) => Tape.Record(Broadcasting.Apply<Times>(x, y), MultiplyPull, x, y);

        /// <summary>x scaled; a row-sparse tensor stays so.</summary>
        public static Tensor operator *(Tensor x, float factor)
        {
            var scaled = x.WithStored(Broadcasting.Apply<Times>(x.Stored, factor));
            return Tape.Record(scaled, static (node, gradient, _) => gradient * node.Number, null, factor, x);
        }

        /// <summary>x scaled.</summary>
        public static Tensor operator *(float factor, Tensor x) => x * factor;
    }

    private static readonly Pullback MultiplyPull = static (node, gradient, input) =>
        (gradient * node.Inputs[1 - input]).SumTo(node.Inputs[input].Shape);

    internal readonly struct Times : IBinary
    {
        public static T Of<T>(T x, T y) where T : struct, ILanes<T> => x * y;
    }
}
