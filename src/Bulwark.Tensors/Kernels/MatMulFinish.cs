using System.Runtime.CompilerServices;

namespace Bulwark.Tensors.Kernels;

/// <summary>What an <see cref="Epilogue"/> asks for once the sums of a tile are complete, while the tile is still in the first-level cache.</summary>
internal static unsafe class MatMulFinish<TV, TLanes> where TV : unmanaged where TLanes : IVectorUnit<TV>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Apply(in MatMulOperands o, int row, int rows, int column, int columns)
    {
        var lanes = sizeof(TV) / sizeof(float);
        float* bias = o.Epilogue.Bias, factor = o.Epilogue.Factor;
        var relu = o.Epilogue.Relu;
        for (var i = row; i < row + rows; i++)
        {
            var at = (nint)i * o.Ldc;
            var j = column;
            for (; j <= column + columns - lanes; j += lanes)
            {
                var x = TLanes.Load(o.C + at + j);
                if (bias != null) x = TLanes.Add(x, TLanes.Load(bias + j));
                if (relu) x = TLanes.Relu(x);
                if (factor != null) x = TLanes.Multiply(x, TLanes.Load(factor + at + j));
                TLanes.Store(o.C + at + j, x);
            }
            if (j < column + columns)
            {
                var mask = TLanes.Mask(column + columns - j);
                var x = TLanes.Load(o.C + at + j, mask);
                if (bias != null) x = TLanes.Add(x, TLanes.Load(bias + j, mask));
                if (relu) x = TLanes.Relu(x);
                if (factor != null) x = TLanes.Multiply(x, TLanes.Load(factor + at + j, mask));
                TLanes.Store(o.C + at + j, mask, x);
            }
        }
    }
}
