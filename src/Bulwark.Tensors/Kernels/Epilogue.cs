namespace Bulwark.Tensors.Kernels;

/// <summary>What a matrix product does with each sum before it stores it: <c>c = relu(c·accumulate + sum + bias) · factor</c>.</summary>
internal readonly unsafe struct Epilogue
{
    /// <summary>Add to what C holds; otherwise C is never read.</summary>
    public bool Accumulate { get; init; }

    /// <summary>A row to add to every row, or null. // (n)</summary>
    public float* Bias { get; init; }

    /// <summary>Negative results become zero.</summary>
    public bool Relu { get; init; }

    /// <summary>A matrix to multiply with, element by element, with the row stride of C, or null. // (m, n)</summary>
    public float* Factor { get; init; }

    /// <summary>Whether anything is left to do once the sums are complete.</summary>
    public bool Finishes => Bias != null || Relu || Factor != null;
}
