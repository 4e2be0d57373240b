using System.Runtime.CompilerServices;

namespace Bulwark.Tensors.Tests.Kernels;

/// <summary>Floats between two zones of NaN: a kernel that writes outside is caught, and one that reads outside makes its results NaN.</summary>
internal sealed unsafe class Guarded
{
    private const int Zone = 96;
    private readonly float[] _memory;

    public Guarded(int length, Func<float>? fill = null)
    {
        _memory = GC.AllocateUninitializedArray<float>(length + 2 * Zone, pinned: true);
        _memory.AsSpan().Fill(float.NaN);
        foreach (ref var x in Span) x = fill?.Invoke() ?? 0;
    }

    public Span<float> Span => _memory.AsSpan(Zone, _memory.Length - 2 * Zone);

    /// <summary>The first float. Keep this object alive while it is in use.</summary>
    public float* Pointer => (float*)Unsafe.AsPointer(ref _memory[0]) + Zone;

    public void AssertIntact()
    {
        foreach (var x in _memory.AsSpan(0, Zone)) Assert.True(float.IsNaN(x), "written before the beginning");
        foreach (var x in _memory.AsSpan(_memory.Length - Zone)) Assert.True(float.IsNaN(x), "written after the end");
    }
}
