namespace Bulwark.Tensors;

/// <summary>The lengths of a tensor's axes, row-major: rank 0 (a scalar) to 4.</summary>
public readonly record struct Shape
{
    private readonly int _a, _b, _c, _d, _countLess1;   // default(Shape) is a scalar: count 1

    /// <summary>A shape from its axis lengths, outermost first.</summary>
    /// <exception cref="ArgumentException">More than four axes, a negative length, or 2³¹ elements and more.</exception>
    public Shape(params ReadOnlySpan<int> axes)
    {
        if (axes.Length > 4) throw new ArgumentException($"A tensor has at most 4 axes, not {axes.Length}.");
        Rank = axes.Length;
        long count = 1;
        foreach (var length in axes)
        {
            if (length < 0) throw new ArgumentException($"An axis cannot have the length {length}.");
            count *= length;
            if (count > int.MaxValue) throw new ArgumentException("A tensor holds at most 2,147,483,647 elements; split it.");
        }
        _countLess1 = (int)count - 1;
        if (Rank > 0) _a = axes[0];
        if (Rank > 1) _b = axes[1];
        if (Rank > 2) _c = axes[2];
        if (Rank > 3) _d = axes[3];
    }

    /// <summary>The number of axes.</summary>
    public int Rank { get; }

    /// <summary>The number of elements.</summary>
    public int Count => _countLess1 + 1;

    /// <summary>The length of an axis; negative axes count from the last (−1).</summary>
    public int this[int axis] => Axis(axis) switch { 0 => _a, 1 => _b, 2 => _c, _ => _d };

    /// <summary>The length of the last axis; 1 for a scalar.</summary>
    public int Last => Rank == 0 ? 1 : this[Rank - 1];

    /// <summary>The number of rows when all axes but the last are taken together: Count / Last.</summary>
    public int Rows => Rank == 0 ? 1 : Rank == 1 ? 1 : Leading(Rank - 1);

    /// <summary>The length of one row of a table: the product of all axes but the first.</summary>
    public int RowLength => Rank <= 1 ? 1 : Count == 0 ? Trailing(1) : Count / _a;

    /// <summary>A non-negative axis for a possibly negative one.</summary>
    public int Axis(int axis)
    {
        var at = axis < 0 ? axis + Rank : axis;
        return (uint)at < (uint)Rank ? at : throw new ArgumentException($"Axis {axis} is not one of the {Rank} axes of {this}.");
    }

    /// <summary>The product of the first <paramref name="axes"/> lengths.</summary>
    public int Leading(int axes)
    {
        var product = 1;
        for (var i = 0; i < axes; i++) product *= this[i];
        return product;
    }

    /// <summary>The product of the lengths from <paramref name="axis"/> on.</summary>
    public int Trailing(int axis)
    {
        var product = 1;
        for (var i = axis; i < Rank; i++) product *= this[i];
        return product;
    }

    /// <summary>This shape with one axis set to a length.</summary>
    public Shape With(int axis, int length)
    {
        Span<int> axes = stackalloc int[4];
        axes = axes[..Rank];
        CopyTo(axes);
        axes[Axis(axis)] = length;
        return new Shape(axes);
    }

    /// <summary>This shape without one axis.</summary>
    public Shape Without(int axis)
    {
        Span<int> axes = stackalloc int[4];
        var (skip, n) = (Axis(axis), 0);
        for (var i = 0; i < Rank; i++) if (i != skip) axes[n++] = this[i];
        return new Shape(axes[..n]);
    }

    /// <summary>Writes the lengths, outermost first.</summary>
    public void CopyTo(Span<int> axes)
    {
        for (var i = 0; i < Rank; i++) axes[i] = this[i];
    }

    /// <summary>The shape both broadcast to: axes are matched from the last; a length of 1 stretches.</summary>
    /// <exception cref="ArgumentException">Two lengths differ and neither is 1.</exception>
    public static Shape Broadcast(Shape x, Shape y)
    {
        if (x == y) return x;
        var rank = Math.Max(x.Rank, y.Rank);
        Span<int> axes = stackalloc int[4];
        for (var i = 1; i <= rank; i++)
        {
            var (a, b) = (i <= x.Rank ? x[x.Rank - i] : 1, i <= y.Rank ? y[y.Rank - i] : 1);
            if (a != b && a != 1 && b != 1) throw new ArgumentException($"The shapes {x} and {y} do not broadcast.");
            axes[rank - i] = a == 1 ? b : a;
        }
        return new Shape(axes[..rank]);
    }

    /// <summary>Axis lengths in parentheses.</summary>
    public override string ToString()
    {
        var text = new string[Rank];
        for (var i = 0; i < Rank; i++) text[i] = this[i].ToString();
        return $"({string.Join(", ", text)})";
    }

    /// <summary>A vector's shape.</summary>
    public static implicit operator Shape(int length) => new(length);

    /// <summary>A matrix's shape.</summary>
    public static implicit operator Shape((int, int) axes) => new(axes.Item1, axes.Item2);

    /// <summary>A shape of rank 3.</summary>
    public static implicit operator Shape((int, int, int) axes) => new(axes.Item1, axes.Item2, axes.Item3);

    /// <summary>A shape of rank 4.</summary>
    public static implicit operator Shape((int, int, int, int) axes) => new(axes.Item1, axes.Item2, axes.Item3, axes.Item4);
}
