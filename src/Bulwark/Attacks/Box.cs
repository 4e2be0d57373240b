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

    /// <summary>The displacement nearest to δ that leaves value + δ in the box; a row-sparse one becomes dense.</summary>
    public Tensor Keep(Tensor value, Tensor delta) => Low.Shape.Rank == 0 && High.Shape.Rank == 0 && !delta.IsSparse
        ? delta.KeepInBox(value, Low.Item(), High.Item())
        : (value + delta).Maximum(Low).Minimum(High) - value;
}
