using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>The least and the largest value that an element may have: one pair for all elements, or tensors that broadcast to the value.</summary>
public sealed class Box(Tensor low, Tensor high)
{
    /// <summary>The least value of each element.</summary>
    public Tensor Low { get; } = low.Keep();

    /// <summary>The largest value of each element.</summary>
    public Tensor High { get; } = high.Keep();

    /// <summary>One pair for all elements.</summary>
    public static implicit operator Box((float Low, float High) bounds) => new(Tensor.Scalar(bounds.Low), Tensor.Scalar(bounds.High));

    /// <summary>The nearest values in the box.</summary>
    public Tensor Clamp(Tensor x) =>
        Low.Shape.Rank == 0 && High.Shape.Rank == 0 ? x.Clamp(Low.Item(), High.Item()) : x.Maximum(Low).Minimum(High);
}
