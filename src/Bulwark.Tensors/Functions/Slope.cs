using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// gradient · f′, the pullback of an element-wise f: <typeparamref name="TProduct"/> has the same formula for one pass, which is taken where no
    /// gradient follows this one.
    /// </summary>
    /// <param name="gradient">Of f's output.</param>
    /// <param name="saved">What f′ is a function of: f's input or output.</param>
    /// <param name="slope">f′ in operations.</param>
    private static Tensor Slope<TProduct>(Tensor gradient, Tensor saved, Func<Tensor, Tensor> slope) where TProduct : struct, IBinary =>
        Tape.Follows(gradient, saved) ? gradient * slope(saved) : Broadcasting.Apply<TProduct>(gradient, saved);
}
