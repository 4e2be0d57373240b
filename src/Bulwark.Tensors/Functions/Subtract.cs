using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    extension(Tensor)
    {
        /// <summary>x − y, broadcasting. ∂/∂x = 1, ∂/∂y = −1.</summary>
        public static Tensor operator -(Tensor x, Tensor y) =>
            x.IsSparse || y.IsSparse ? x + y * -1 : Tape.Record(Broadcasting.Apply<Minus>(x, y), SubtractPull, x, y);

        /// <summary>x − constant.</summary>
        public static Tensor operator -(Tensor x, float constant) => x + -constant;

        /// <summary>constant − x.</summary>
        public static Tensor operator -(float constant, Tensor x) => x * -1 + constant;

        /// <summary>−x.</summary>
        public static Tensor operator -(Tensor x) => x * -1;
    }

    private static readonly Pullback SubtractPull = static (node, gradient, input) =>
        (input == 0 ? gradient : gradient * -1).SumTo(node.Inputs[input].Shape);

    private readonly struct Minus : IBinary
    {
        public static T Of<T>(T x, T y) where T : struct, ILanes<T> => x - y;
    }
}
