using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>Each row x[b, :] scaled to this L2 length; rows shorter than 1e-12 become 0. Not differentiable: it shapes moves.</summary>
    public static unsafe Tensor UnitRows(this Tensor x, float length = 1)
    {
        var result = Tensor.Uninitialized(x.Shape);
        var width = x.Shape.Last;
        float* from = x.Data, to = result.Data;
        for (var b = 0; b < x.Shape.Rows; b++, from += width, to += width)
        {
            var norm = MathF.Sqrt(RowKernels.Dot(from, from, width));
            Elementwise.ZipRight<Times>(from, norm < 1e-12f ? 0 : length / norm, to, width);
        }
        return result;
    }
}
