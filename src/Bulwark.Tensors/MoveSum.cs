using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

/// <summary>A sum of many moves in dense memory of its own, which belongs to the open scope: a row-sparse move touches only its rows of it.</summary>
public sealed unsafe class MoveSum
{
    private readonly Variable[] _variables;
    private readonly Tensor[] _sums;

    /// <summary>Zero for every learned variable of a point.</summary>
    public MoveSum(Point at)
    {
        _variables = at.Learned.ToArray();
        _sums = [.. _variables.Select(variable => Tensor.Zeros(at[variable].Shape))];
    }

    /// <summary>The sum so far; it shares the memory that is added to.</summary>
    public Move Total => new([.. _variables.Zip(_sums)]);

    /// <summary>Adds the displacement of one variable, scaled.</summary>
    /// <exception cref="ArgumentException">The point has no such learned variable, or one of another shape.</exception>
    public void Add(Variable variable, Tensor delta, float scale = 1)
    {
        var at = Array.IndexOf(_variables, variable);
        if (at < 0 || _sums[at].Shape != delta.Shape) throw new ArgumentException($"A displacement {delta.Shape} of '{variable}' fits no variable of this sum.");
        var to = _sums[at].Data;
        if (delta.AsSparse() is { } sparse)
        {
            var width = delta.Shape.RowLength;
            var from = sparse.Values.Data;
            foreach (var row in sparse.Set.RowSpan)
            {
                RowKernels.AddScaled(from, scale, to + (nint)row * width, width);
                from += width;
            }
        }
        else RowKernels.AddScaled(delta.Data, scale, to, delta.Shape.Count);
        GC.KeepAlive(delta);
    }
}
