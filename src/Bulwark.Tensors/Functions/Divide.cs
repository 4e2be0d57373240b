using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    extension(Tensor)
    {
        /// <summary>x / y element by element, broadcasting. ∂/∂x = 1/y, ∂/∂y = −x/y².</summary>
        public static Tensor operator /(Tensor x, Tensor y) => Tape.Record(Broadcasting.Apply<Over>(x, y), DividePull, x, y);

        /// <summary>x / constant.</summary>
        public static Tensor operator /(Tensor x, float constant) => x * (1 / constant);

        /// <summary>constant / y.</summary>
        public static Tensor operator /(float constant, Tensor y) => Tensor.Scalar(constant) / y;
    }

    private static readonly Pullback DividePull = static (node, gradient, input) =>
        (input == 0 ? gradient / node.Inputs[1] : gradient * node.Output / node.Inputs[1] * -1).SumTo(node.Inputs[input].Shape);

    private readonly struct Over : IBinary
    {
        public static T Of<T>(T x, T y) where T : struct, ILanes<T> => x / y;
    }
}
