using System.Runtime.CompilerServices;

namespace Bulwark.Tensors.Kernels;

/// <summary>Buffers of this thread that kernels use again and again: pinned, 64-byte aligned, never cleared, freed with the thread.</summary>
internal static unsafe class Scratch
{
    [ThreadStatic] private static float[]? _a, _b, _c;

    /// <summary>For packed parts of a left operand.</summary>
    internal static float* A(nint length) => Grow(ref _a, length);

    /// <summary>For packed parts of a right operand.</summary>
    internal static float* B(nint length) => Grow(ref _b, length);

    /// <summary>For results that do not leave the kernel.</summary>
    internal static float* C(nint length) => Grow(ref _c, length);

    private static float* Grow(ref float[]? buffer, nint length)
    {
        if (buffer is null || buffer.Length < length + 16) buffer = GC.AllocateUninitializedArray<float>((int)length + 16, pinned: true);
        return (float*)((nint)Unsafe.AsPointer(ref buffer[0]) + 63 & ~63);
    }
}
