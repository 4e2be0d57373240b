using System.Diagnostics.CodeAnalysis;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

/// <summary>
/// A displacement of some variables, dense or row-sparse: a gradient, an optimizer's update, a perturbation. It is zero where it has no
/// entry, so moves form a vector space and a <see cref="Point"/> plus a move is a point.
/// </summary>
public sealed class Move
{
    private readonly Variable[] _variables;
    private readonly Tensor[] _deltas;

    /// <summary>A move from its entries.</summary>
    public Move(params ReadOnlySpan<(Variable Variable, Tensor Delta)> entries)
    {
        _variables = new Variable[entries.Length];
        _deltas = new Tensor[entries.Length];
        for (var i = 0; i < entries.Length; i++) (_variables[i], _deltas[i]) = entries[i];
    }

    private Move(Variable[] variables, Tensor[] deltas) => (_variables, _deltas) = (variables, deltas);

    /// <summary>The move that changes nothing.</summary>
    public static Move Zero { get; } = new();

    /// <summary>Whether the move has no entries.</summary>
    public bool IsZero => _variables.Length == 0;

    /// <summary>‖δ‖₂ over all variables together.</summary>
    public unsafe double Norm
    {
        get
        {
            var square = 0.0;
            foreach (var delta in _deltas)
            {
                var stored = delta.Stored;
                square += RowKernels.Dot(stored.Data, stored.Data, stored.Shape.Count);
            }
            return Math.Sqrt(square);
        }
    }

    /// <summary>The variables that move.</summary>
    public ReadOnlySpan<Variable> Variables => _variables;

    /// <summary>The displacement of a variable.</summary>
    /// <exception cref="KeyNotFoundException">It does not move.</exception>
    public Tensor this[Variable variable] => TryGet(variable, out var delta)
        ? delta
        : throw new KeyNotFoundException($"This move leaves '{variable}' where it is. It moves: {string.Join(", ", (object[])_variables)}.");

    /// <summary>The displacement of a variable, if it moves.</summary>
    public bool TryGet(Variable variable, [NotNullWhen(true)] out Tensor? delta)
    {
        var at = Array.IndexOf(_variables, variable);
        delta = at >= 0 ? _deltas[at] : null;
        return at >= 0;
    }

    /// <summary>Each displacement replaced by a function of it.</summary>
    public Move Map(Func<Variable, Tensor, Tensor> delta)
    {
        var deltas = new Tensor[_deltas.Length];
        for (var i = 0; i < deltas.Length; i++) deltas[i] = delta(_variables[i], _deltas[i]);
        return new Move(_variables, deltas);
    }

    /// <summary>A copy that outlives every scope.</summary>
    public Move Keep() => Map(static (_, delta) => delta.Keep());

    /// <summary>Hands the memory to the enclosing scope.</summary>
    public Move Promote()
    {
        foreach (var delta in _deltas) delta.Promote();
        return this;
    }

    /// <summary>
    /// Gives back, before the scope closes, the memory of those displacements that none of some other moves shares: a long search then goes on in warm
    /// memory. Reading them afterwards throws.
    /// </summary>
    public void Release(params ReadOnlySpan<Move> kept)
    {
        foreach (var delta in _deltas)
        {
            var shared = false;
            foreach (var other in kept) shared |= Array.Exists(other._deltas, delta.SharesMemory);
            if (!shared) delta.Release();
        }
    }

    /// <summary>One displacement after the other.</summary>
    public static Move operator +(Move x, Move y)
    {
        if (x.IsZero) return y;
        if (y.IsZero) return x;
        var sum = x.Map((variable, delta) => y.TryGet(variable, out var other) ? delta + other : delta);
        var alone = 0;
        foreach (var variable in y._variables) if (Array.IndexOf(x._variables, variable) < 0) alone++;
        if (alone == 0) return sum;
        var (variables, deltas) = (new List<Variable>(sum._variables), new List<Tensor>(sum._deltas));
        for (var i = 0; i < y._variables.Length; i++)
        {
            if (variables.Contains(y._variables[i])) continue;
            variables.Add(y._variables[i]);
            deltas.Add(y._deltas[i]);
        }
        return new Move([.. variables], [.. deltas]);
    }

    /// <summary>The move scaled.</summary>
    public static Move operator *(Move move, float factor) => move.Map((_, delta) => delta * factor);

    /// <summary>The opposite move.</summary>
    public static Move operator -(Move move) => move * -1;
}
