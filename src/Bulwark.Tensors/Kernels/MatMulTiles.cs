namespace Bulwark.Tensors.Kernels;

/// <summary>Finds the kernels of a shape of tile.</summary>
internal static unsafe class MatMulTiles<TV, TLanes> where TV : unmanaged where TLanes : IVectorUnit<TV>
{
    /// <summary>The kernels by number of rows.</summary>
    /// <param name="vectors">1 to 4.</param>
    /// <param name="byColumn">Whether A is read by column.</param>
    /// <param name="edge">0: whole vectors; 1: the last vector of C is partial; 2: that of B, too.</param>
    internal static nint[] Find(int vectors, bool byColumn, int edge) => vectors switch
    {
        1 => byColumn ? Find<N1, ByColumn>(edge) : Find<N1, ByRow>(edge),
        2 => byColumn ? Find<N2, ByColumn>(edge) : Find<N2, ByRow>(edge),
        3 => byColumn ? Find<N3, ByColumn>(edge) : Find<N3, ByRow>(edge),
        _ => byColumn ? Find<N4, ByColumn>(edge) : Find<N4, ByRow>(edge),
    };

    private static nint[] Find<TVectors, TRead>(int edge) where TVectors : unmanaged where TRead : struct => edge switch
    {
        0 => MatMulTile<TV, TLanes, TVectors, TRead, Whole>.ByRows,
        1 => MatMulTile<TV, TLanes, TVectors, TRead, PartialC>.ByRows,
        _ => MatMulTile<TV, TLanes, TVectors, TRead, PartialBC>.ByRows,
    };
}
