using System.Runtime.CompilerServices;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    private const float InverseSqrt2Pi = 0.39894228f;

    /// <summary>
    /// x · Φ(x), Φ the normal distribution function (Hendrycks and Gimpel 2016), exact, not its tanh approximation. ∂/∂x = Φ(x) + x·φ(x), worked out
    /// together with the value, because both need e^(−x²/2).
    /// </summary>
    public static Tensor Gelu(this Tensor x)
    {
        if (x.Mask == 0) return Broadcasting.Apply<GeluKernel>(x);
        var (result, slope) = (Tensor.Uninitialized(x.Shape), Tensor.Uninitialized(x.Shape));
        GeluWithSlope(x, result, slope);
        return Tape.Record(result, GeluPull, Tape.Record(slope, GeluSlopePull, x), 0, x);
    }

    private static readonly Pullback GeluPull = static (node, gradient, _) => gradient * (Tensor)node.Data!;

    /// <summary>∂²/∂x² = φ(x)(2 − x²).</summary>
    private static readonly Pullback GeluSlopePull = static (node, gradient, _) =>
    {
        var square = node.Inputs[0] * node.Inputs[0];
        return gradient * ((square * -0.5f).Exp() * (2 - square) * InverseSqrt2Pi);
    };

    private static unsafe void GeluWithSlope(Tensor x, Tensor value, Tensor slope)
    {
        var all = new Stretches(x.Data, slope.Data, value.Data, x.Shape.Count);
        Team.Run(all.Parts, all, static (all, part) => GeluWithSlope(all, part));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe void GeluWithSlope(in Stretches all, int part)
    {
        var (first, count) = all[part];
        Loop.Run(count, new GeluStep(all.X + first, all.To + first, all.Y + first));
    }

    private readonly struct GeluKernel : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => TimesCumulative(x, LaneMath.Normal(x).Cumulative);
    }

    private readonly unsafe struct GeluStep(float* x, float* value, float* slope) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T>
        {
            var at = T.Load(x + i);
            var (cumulative, exponential) = LaneMath.Normal(at);
            T.Store(TimesCumulative(at, cumulative), value + i);
            T.Store(T.Fma(TimesCumulative(at, exponential), T.Of(InverseSqrt2Pi), cumulative), slope + i);
        }
    }

    /// <summary>x · p, and 0 where p = 0 even if x is infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T TimesCumulative<T>(T x, T p) where T : struct, ILanes<T> => T.IfEqual(p, T.Of(0), p, x * p);
}
