namespace Bulwark.Tensors.Kernels;

/// <summary>Long arrays that one formula goes over, cut into stretches for the team.</summary>
internal readonly unsafe struct Stretches(float* x, float* y, float* to, int count)
{
    private const int Length = 1 << 15;                      // floats: their formula takes far longer than handing them out
    public readonly float* X = x, Y = y, To = to;

    /// <summary>How many stretches there are; by the count alone.</summary>
    public int Parts => Math.Max(1, count / Length);

    /// <summary>Where a stretch begins, and how long it is. The last one takes the rest.</summary>
    public (int First, int Count) this[int part] => (part * Length, part == Parts - 1 ? count - part * Length : Length);
}
