using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>x rounded to whole numbers, halves to even. The gradient passes as if nothing had happened (Bengio, Léonard and Courville 2013).</summary>
    public static Tensor StraightThroughRound(this Tensor x) => Tape.Record(Broadcasting.Apply<RoundKernel>(x), static (_, gradient, _) => gradient, x);

    /// <summary>Adding 2²³ leaves no room for a fraction; above that there is none.</summary>
    private readonly struct RoundKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T>
        {
            var (size, magic) = (T.Abs(x), T.Of(8388608f));
            var rounded = size + magic - magic;
            return T.IfLess(size, magic, T.IfLess(x, T.Of(0), -rounded, rounded), x);
        }
    }
}
