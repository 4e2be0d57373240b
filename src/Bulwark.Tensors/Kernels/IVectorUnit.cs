namespace Bulwark.Tensors.Kernels;

/// <summary>What a kernel needs from a vector of floats, so that it is written once for every width.</summary>
/// <remarks>A masked load or store touches only the elements that the mask selects; a masked load yields zero for the others.</remarks>
internal unsafe interface IVectorUnit<TV> where TV : unmanaged
{
    /// <summary>Vector registers of the machine.</summary>
    static abstract int Registers { get; }

    /// <summary>Selects the first <paramref name="count"/> elements.</summary>
    static abstract TV Mask(int count);

    static abstract TV Load(float* from);

    static abstract TV Load(float* from, TV mask);

    static abstract TV Broadcast(float value);

    /// <summary>x · y + sum, rounded once.</summary>
    static abstract TV MultiplyAdd(TV x, TV y, TV sum);

    static abstract TV Add(TV x, TV y);

    static abstract TV Multiply(TV x, TV y);

    /// <summary>0 where x &lt; 0, else x (so NaN stays).</summary>
    static abstract TV Relu(TV x);

    /// <summary>The larger, element by element; y where x is NaN.</summary>
    static abstract TV Larger(TV x, TV y);

    /// <summary>Bit i is set where x[i] &gt; y[i].</summary>
    static abstract ulong Greater(TV x, TV y);

    /// <summary>Bit i is set where x[i] = y[i].</summary>
    static abstract ulong Equal(TV x, TV y);

    static abstract void Store(float* to, TV value);

    static abstract void Store(float* to, TV mask, TV value);
}
