namespace Bulwark.Tensors.Forms;

/// <summary>Rows where they lie: row b is at Base + (Index is null ? b : Index[b]) · width.</summary>
internal readonly unsafe struct RowView(float* @base, int* index)
{
    public readonly float* Base = @base;
    public readonly int* Index = index;

    public float* Row(int b, int width) => Base + (nint)(Index == null ? b : Index[b]) * width;
}
