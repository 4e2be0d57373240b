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

/// <summary>Rows that one formula goes over one after the other, cut for the team: X and, where there is a second operand, Y; one result.</summary>
internal readonly unsafe struct RowParts(Shape shape, float* x, float* y, float* to)
{
    private const int FloatsPerPart = 1 << 15;
    private readonly int _rows = shape.Rows;
    public readonly int Width = shape.Last;
    public readonly float* X = x, Y = y, To = to;

    /// <summary>How many parts there are; by the shape alone.</summary>
    public int Parts => (_rows + RowsPerPart - 1) / RowsPerPart;

    /// <summary>Where a part's floats begin, and how many rows it has.</summary>
    public (nint First, int Rows) this[int part] => ((nint)Row(part) * Width, Math.Min(RowsPerPart, _rows - Row(part)));

    /// <summary>A part's first row.</summary>
    public int Row(int part) => part * RowsPerPart;

    private int RowsPerPart => Math.Max(1, FloatsPerPart / Math.Max(1, Width));
}
