using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>What examples are given, beside the examples.</summary>
internal static class Conditions
{
    /// <summary>[x ; c] row by row, (batch, n) and (batch, c); x itself where nothing is given.</summary>
    public static Tensor Beside(this Tensor x, Tensor? given) => given is null ? x : Tensor.Concat(-1, x, given);
}
