#pragma warning disable CS1591
namespace Bulwark.Tensors;
public static partial class Functions
{
    public static Tensor Pow(this Tensor x, float y) => throw new NotSupportedException();
    public static Tensor Sign(this Tensor x) => throw new NotSupportedException();
    public static Tensor Abs(this Tensor x) => throw new NotSupportedException();
    public static Tensor Clamp(this Tensor x, float a, float b) => throw new NotSupportedException();
    public static Tensor ProjectRowsL2(this Tensor x, float a) => x;
    public static Tensor ProjectRowsL1(this Tensor x, float a) => throw new NotSupportedException();
    public static Tensor SteepestL1(this Tensor x, float a) => throw new NotSupportedException();
}
