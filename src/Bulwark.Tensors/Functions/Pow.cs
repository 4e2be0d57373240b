using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// xᵃ for a constant a. Whole exponents up to ±64 are products, for any x; others are e^(a ln x), NaN for negative x, with a relative error of
    /// about |a ln x| · 10⁻⁷. ∂/∂x = a·xᵃ⁻¹.
    /// </summary>
    public static Tensor Pow(this Tensor x, float exponent)
    {
        if (exponent == 1) return x;
        var whole = exponent == MathF.Floor(exponent) && MathF.Abs(exponent) <= 64;
        return Tape.Record(whole ? WholePower(x, (int)exponent) : RealPower(x, exponent), PowPull, null, exponent, x);
    }

    private static readonly Pullback PowPull = static (node, gradient, _) =>
        node.Number == 0 ? gradient * 0 : gradient * (node.Inputs[0].Pow(node.Number - 1) * node.Number);

    /// <summary>Squares and products from the highest bit of |n| down.</summary>
    private static unsafe Tensor WholePower(Tensor x, int n)
    {
        var result = Tensor.Full(x.Shape, 1);
        float* to = result.Data, from = x.Data;
        var count = x.Shape.Count;
        for (var bit = 64; bit > 0; bit /= 2)
        {
            if (bit < Math.Abs(n)) Elementwise.Zip<Times>(to, to, to, count);
            if ((Math.Abs(n) & bit) != 0) Elementwise.Zip<Times>(to, from, to, count);
        }
        if (n < 0) Elementwise.ZipLeft<Over>(1, to, to, count);
        return result;
    }

    private static unsafe Tensor RealPower(Tensor x, float exponent)
    {
        var result = Tensor.Uninitialized(x.Shape);
        Elementwise.ZipRight<PowKernel>(x.Data, exponent, result.Data, x.Shape.Count);
        return result;
    }

    private readonly struct PowKernel : IBinary
    {
        public static T Of<T>(T x, T y) where T : struct, ILanes<T> => LaneMath.Exp(y * LaneMath.Log(x));
    }
}
