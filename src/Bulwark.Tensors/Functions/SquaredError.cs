using System.Runtime.CompilerServices;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>Σ (x − y)² over all elements of two equal shapes, a scalar. ∂/∂x = 2(x − y), ∂/∂y = 2(y − x).</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static unsafe Tensor SquaredError(this Tensor x, Tensor y)
    {
        if (x.Shape != y.Shape) throw new ArgumentException($"SquaredError needs two equal shapes, not {x.Shape} and {y.Shape}.");
        return Tape.Record(Tensor.Scalar(SumOfSquares(x.Data, y.Data, x.Shape.Count)), SquaredErrorPull, x, y);
    }

    private static readonly Pullback SquaredErrorPull = static (node, gradient, input) =>
        (node.Inputs[input] - node.Inputs[1 - input]) * (gradient * 2);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe float SumOfSquares(float* x, float* y, int count) => Loop.Sum(count, new SquaredDifferenceTerm(x, y));

    private readonly unsafe struct SquaredDifferenceTerm(float* x, float* y) : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Add<T>(T sum, int i) where T : struct, ILanes<T>
        {
            var difference = T.Load(x + i) - T.Load(y + i);
            return T.Fma(difference, difference, sum);
        }
    }
}
