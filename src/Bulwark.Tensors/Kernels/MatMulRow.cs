using System.Runtime.CompilerServices;

namespace Bulwark.Tensors.Kernels;

/// <summary>One row of a register tile: one to four vectors side by side. Fields beyond <typeparamref name="TVectors"/> vanish in the compiled code.</summary>
/// <remarks>Four fields are the most that the compiler keeps in registers; updating in place spares it a move for each vector.</remarks>
internal unsafe struct MatMulRow<TV, TLanes, TVectors> where TV : unmanaged where TLanes : IVectorUnit<TV> where TVectors : unmanaged
{
    private TV _0, _1, _2, _3;

    /// <summary>this += a · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float* a, MatMulRow<TV, TLanes, TVectors> b)
    {
        var x = TLanes.Broadcast(*a);
        _0 = TLanes.MultiplyAdd(x, b._0, _0);
        if (sizeof(TVectors) > 1) _1 = TLanes.MultiplyAdd(x, b._1, _1);
        if (sizeof(TVectors) > 2) _2 = TLanes.MultiplyAdd(x, b._2, _2);
        if (sizeof(TVectors) > 3) _3 = TLanes.MultiplyAdd(x, b._3, _3);
    }

    /// <summary>Reads a row; with <paramref name="masked"/>, only part of the last vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MatMulRow<TV, TLanes, TVectors> Load(float* from, bool masked, TV mask) => new()
    {
        _0 = Read(from, masked && sizeof(TVectors) == 1, mask),
        _1 = sizeof(TVectors) > 1 ? Read(from + sizeof(TV) / sizeof(float), masked && sizeof(TVectors) == 2, mask) : default,
        _2 = sizeof(TVectors) > 2 ? Read(from + 2 * sizeof(TV) / sizeof(float), masked && sizeof(TVectors) == 3, mask) : default,
        _3 = sizeof(TVectors) > 3 ? Read(from + 3 * sizeof(TV) / sizeof(float), masked, mask) : default,
    };

    /// <summary>Writes the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* to, MatMulRow<TV, TLanes, TVectors> row, bool accumulate, bool masked, TV mask)
    {
        if (accumulate)
        {
            var old = Load(to, masked, mask);
            row._0 = TLanes.Add(old._0, row._0);
            if (sizeof(TVectors) > 1) row._1 = TLanes.Add(old._1, row._1);
            if (sizeof(TVectors) > 2) row._2 = TLanes.Add(old._2, row._2);
            if (sizeof(TVectors) > 3) row._3 = TLanes.Add(old._3, row._3);
        }
        Write(to, row._0, masked && sizeof(TVectors) == 1, mask);
        if (sizeof(TVectors) > 1) Write(to + sizeof(TV) / sizeof(float), row._1, masked && sizeof(TVectors) == 2, mask);
        if (sizeof(TVectors) > 2) Write(to + 2 * sizeof(TV) / sizeof(float), row._2, masked && sizeof(TVectors) == 3, mask);
        if (sizeof(TVectors) > 3) Write(to + 3 * sizeof(TV) / sizeof(float), row._3, masked, mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TV Read(float* from, bool masked, TV mask) => masked ? TLanes.Load(from, mask) : TLanes.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(float* to, TV value, bool masked, TV mask)
    {
        if (masked) TLanes.Store(to, mask, value);
        else TLanes.Store(to, value);
    }
}
