using System.Numerics;

namespace Bulwark.Tensors;

/// <summary>
/// A pinned, 64-byte aligned run of floats. Its generation grows each time the block is recycled or overwritten, so a tensor that still
/// points to older contents is found out when it is read.
/// </summary>
internal sealed unsafe class Block
{
    private const int Alignment = 64;
    private readonly float[] _array;

    private Block(int capacity)
    {
        _array = GC.AllocateUninitializedArray<float>(capacity + Alignment / sizeof(float), pinned: true);
        var address = (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _array[0]);
        Data = (float*)(address + Alignment - 1 & -Alignment);
        Capacity = capacity;
    }

    public float* Data { get; }

    public int Capacity { get; }

    public int Generation { get; private set; }

    /// <summary>How deep the scope is that will take the block back; 0 for none.</summary>
    public int Depth { get; set; }

    /// <summary>Set by <see cref="Scope.Promote(Block)"/>: the block outlives the innermost scope.</summary>
    public bool Promoted { get; set; }

    /// <summary>A block for at least <paramref name="count"/> floats, contents undefined: from the open scope's pool, else new.</summary>
    public static Block Rent(int count) => Scope.IsOpen ? Scope.Rent(count) : new Block(Math.Max(count, 1));

    /// <summary>A block that no scope will take back.</summary>
    public static Block Own(int count) => new(Math.Max(count, 1));

    /// <summary>A pooled block's capacity is a power of two.</summary>
    internal static Block OfClass(int sizeClass) => new(1 << sizeClass);

    internal int SizeClass => BitOperations.Log2((uint)Capacity);

    /// <summary>What pointed to these contents is stale from now on.</summary>
    public void Expire() => Generation++;
}
