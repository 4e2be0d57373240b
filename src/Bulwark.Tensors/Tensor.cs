using System.Runtime.CompilerServices;
using Bulwark.Tensors.Forms;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

/// <summary>
/// An immutable float32 array of rank 0 to 4, row-major. Its values may not exist yet: rows picked from a table, products that only a sum
/// will read, and row-sparse gradients stay <see cref="Form"/>s until somebody reads them densely.
/// </summary>
/// <remarks>Operations are extension methods, one file each, under Functions/. A tensor made inside a <see cref="Scope"/> is stale once
/// the scope closes; <see cref="Keep"/> copies it out.</remarks>
public sealed unsafe class Tensor
{
    private readonly int _generation;
    private readonly float* _data;
    private readonly Block? _block;

    internal Tensor(Shape shape, Block block) : this(shape, block, block.Data) { }

    internal Tensor(Shape shape, Block block, float* data)
    {
        Shape = shape;
        _block = block;
        _data = data;
        _generation = block.Generation;
    }

    internal Tensor(Shape shape, Form form)
    {
        Shape = shape;
        Form = form;
    }

    private Tensor(Tensor other)
    {
        (Shape, Form, _block, _generation) = (other.Shape, other.Form, other._block, other._generation);
        _data = other._data;
    }

    /// <summary>The lengths of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>How the values are held where they are not simply dense.</summary>
    internal Form? Form { get; }

    /// <summary>How the tensor was made, where a gradient will ask.</summary>
    internal Node? Node { get; set; }

    /// <summary>The gradient levels that follow this tensor, one bit each.</summary>
    internal uint Mask => Node is { } node ? node.Mask : 0;

    /// <summary>The dense values; forms are worked out now and remembered.</summary>
    internal float* Data
    {
        get
        {
            if (Form is { } form) return form.Dense(Shape).Data;
            if (_block!.Generation != _generation) ThrowStale();
            return _data;
        }
    }

    /// <summary>The dense values, row-major; Count of them.</summary>
    public ReadOnlySpan<float> Values => new(Data, Shape.Count);

    /// <summary>The only value of a tensor with one element.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one.</exception>
    public float Item() => Shape.Count == 1 ? *Data : throw new InvalidOperationException($"Item() needs one element; the shape is {Shape}.");

    /// <summary>A scalar.</summary>
    public static Tensor Scalar(float value)
    {
        var result = Uninitialized(default);
        *result.Data = value;
        return result;
    }

    /// <summary>A tensor of these values, row-major.</summary>
    /// <exception cref="ArgumentException">The number of values is not the shape's.</exception>
    public static Tensor Of(Shape shape, params ReadOnlySpan<float> values)
    {
        if (values.Length != shape.Count) throw new ArgumentException($"The shape {shape} holds {shape.Count} values, not {values.Length}.");
        var result = Uninitialized(shape);
        values.CopyTo(result.Writable);
        return result;
    }

    /// <summary>All elements the same value.</summary>
    public static Tensor Full(Shape shape, float value)
    {
        var result = Uninitialized(shape);
        result.Writable.Fill(value);
        return result;
    }

    /// <summary>All zero.</summary>
    public static Tensor Zeros(Shape shape) => Full(shape, 0);

    /// <summary>Normal with mean 0 and this deviation, truncated to two deviations.</summary>
    public static Tensor TruncatedGaussian(Shape shape, float deviation, Rng rng)
    {
        var result = Uninitialized(shape);
        foreach (ref var value in result.Writable) value = deviation * rng.NextTruncatedGaussian();
        return result;
    }

    /// <summary>Normal with mean 0 and this deviation.</summary>
    public static Tensor Gaussian(Shape shape, float deviation, Rng rng)
    {
        var result = Uninitialized(shape);
        CounterNoise.Gaussian(deviation, rng.NextBits(), result.Data, shape.Count);
        return result;
    }

    /// <summary>Uniform in [low, high).</summary>
    public static Tensor Uniform(Shape shape, float low, float high, Rng rng)
    {
        var result = Uninitialized(shape);
        CounterNoise.Uniform(low, high, rng.NextBits(), result.Data, shape.Count);
        return result;
    }

    /// <summary>Rows uniform in the L2 ball of this radius.</summary>
    public static Tensor UniformInBall(Shape shape, float radius, Rng rng)
    {
        var result = Uninitialized(shape);
        CounterNoise.InBall(radius, rng.NextBits(), result.Data, shape.Rows, shape.Last);
        return result;
    }

    /// <summary>The same values, followed by no gradient: a constant.</summary>
    public Tensor Fixed() => Node is null ? this : new Tensor(this);

    /// <summary>A copy of the values that outlives every scope.</summary>
    public Tensor Keep()
    {
        return AsSparse() is { } sparse ? sparse.Keep(Shape) : Copy();
    }

    /// <summary>This tensor where its values are simply dense, else a dense copy that outlives every scope.</summary>
    internal Tensor Settled() => Form is null ? this : Copy();

    private Tensor Copy()
    {
        var copy = new Tensor(Shape, Block.Own(Shape.Count));
        Values.CopyTo(copy.Writable);
        return copy;
    }

    /// <summary>Values not yet written; for kernels that write all of them.</summary>
    internal static Tensor Uninitialized(Shape shape) => new(shape, Block.Rent(shape.Count));

    /// <summary>The same values under another identity, for a gradient to follow.</summary>
    internal Tensor Alias() => new(this);

    /// <summary>The same dense values seen in another shape.</summary>
    internal Tensor View(Shape shape)
    {
        var data = Data;
        return new Tensor(shape, Form is { } form ? form.Dense(Shape) : _block!, data);
    }

    internal Span<float> Writable => new(Data, Shape.Count);

    /// <summary>Moves the memory to the enclosing scope. Lazy values are worked out: rows stay rows.</summary>
    internal void Promote()
    {
        if (Form is { } form) form.Promote(Shape);
        else Scope.Promote(_block!);
    }

    /// <summary>Gives the memory of dense values or stored rows back before its scope closes; reading them afterwards throws.</summary>
    internal void Release()
    {
        if (Rows is { } rows) rows.Release();
        else if (_block is { } block && block.Generation == _generation) Scope.Return(block);
    }

    /// <summary>Whether dense values or stored rows are kept in the same memory.</summary>
    internal bool SharesMemory(Tensor other) => Memory is { } block && block == other.Memory;

    private Block? Memory => Rows is { } rows ? rows.Memory : _block;

    /// <summary>Stored rows that exist.</summary>
    private Tensor? Rows => (Form as Sparse ?? (Form as PendingRows)?.Known)?.Values;

    /// <summary>This tensor's rows without copying them: dense, picked, or picked from an overlay.</summary>
    internal RowView RowsInPlace() => Form is Picked picked && picked.TryView(out var view) ? view : new RowView(Data, null);

    /// <summary>The row-sparse values, if this tensor is row-sparse.</summary>
    internal Sparse? AsSparse() => (Form as RowForm)?.ToSparse(Shape);

    /// <summary>Whether the values are row-sparse: rows that are not stored are zero.</summary>
    public bool IsSparse => Form is RowForm;

    /// <summary>What is stored: the touched rows (rows, row length) of a row-sparse tensor, else the tensor itself.</summary>
    public Tensor Stored => AsSparse() is { } sparse ? sparse.Values : this;

    /// <summary>The shape of <see cref="Stored"/>, which need not be worked out for that.</summary>
    public Shape StoredShape => Form is RowForm rows ? Shape.With(0, rows.Set.Count) : Shape;

    /// <summary>Whether both are dense, or both row-sparse over the very same rows, so that their stored values match one to one.</summary>
    public bool TouchesRowsOf(Tensor other) => Shape == other.Shape && (Form as RowForm)?.Set == (other.Form as RowForm)?.Set;

    /// <summary>The numbers of the rows stored by a row-sparse tensor.</summary>
    /// <exception cref="InvalidOperationException">The tensor is not row-sparse.</exception>
    public ReadOnlySpan<int> StoredRows =>
        (Form as RowForm ?? throw new InvalidOperationException("Only a row-sparse tensor lists its rows; this one is dense.")).Set.RowSpan;

    /// <summary>The same touched rows with other values; for a dense tensor, the values themselves. f(0) = 0 is the caller's promise.</summary>
    public Tensor WithStored(Tensor values) => Form is RowForm rows ? new Tensor(Shape, new Sparse(rows.Set, values)) : values;

    /// <summary>The shape, and the values of a small tensor.</summary>
    public override string ToString() => Shape.Count <= 16 ? $"{Shape} [{string.Join(", ", Values.ToArray())}]" : Shape.ToString();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowStale() => throw new InvalidOperationException(
        "This tensor belongs to a step that is over and its memory has been reused. Call Keep() inside the step to hold on to its values.");
}
