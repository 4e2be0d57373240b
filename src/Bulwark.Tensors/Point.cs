using System.Numerics;

namespace Bulwark.Tensors;

/// <summary>Where a loss is evaluated: an immutable map from variables to values. A model reads <c>at[variable]</c> and nothing else.</summary>
public sealed class Point
{
    private readonly Variable[] _variables;
    private readonly Tensor[] _values;

    /// <summary>A point from its variables and their values.</summary>
    public Point(params ReadOnlySpan<(Variable Variable, Tensor Value)> entries)
    {
        _variables = new Variable[entries.Length];
        _values = new Tensor[entries.Length];
        for (var i = 0; i < entries.Length; i++) (_variables[i], _values[i]) = entries[i];
    }

    private Point(Variable[] variables, Tensor[] values) => (_variables, _values) = (variables, values);

    /// <summary>The variables that have a value here.</summary>
    public ReadOnlySpan<Variable> Variables => _variables;

    /// <summary>Those of them that are learned.</summary>
    internal ReadOnlySpan<Variable> Learned => Array.Exists(_variables, static variable => variable.IsGiven)
        ? Array.FindAll(_variables, static variable => !variable.IsGiven) : _variables;

    /// <summary>The value of a variable.</summary>
    /// <exception cref="KeyNotFoundException">It has none here.</exception>
    public Tensor this[Variable variable]
    {
        get
        {
            var at = Array.IndexOf(_variables, variable);
            return at >= 0 ? _values[at] : throw new KeyNotFoundException(
                $"This point has no value for '{variable}'. It has: {string.Join(", ", (object[])_variables)}.");
        }
    }

    /// <summary>Whether the variable has a value here.</summary>
    public bool Has(Variable variable) => Array.IndexOf(_variables, variable) >= 0;

    /// <summary>This point with one value replaced or added.</summary>
    public Point With(Variable variable, Tensor value)
    {
        var at = Array.IndexOf(_variables, variable);
        if (at < 0) return new Point([.. _variables, variable], [.. _values, value]);
        var values = (Tensor[])_values.Clone();
        values[at] = value;
        return new Point(_variables, values);
    }

    /// <summary>This point with another's values replaced or added: the point of two players.</summary>
    public Point With(Point other)
    {
        var at = this;
        for (var i = 0; i < other._variables.Length; i++) at = at.With(other._variables[i], other._values[i]);
        return at;
    }

    /// <summary>This point with the values of some of its variables replaced.</summary>
    internal Point With(ReadOnlySpan<Variable> variables, Tensor[] values)
    {
        var replaced = (Tensor[])_values.Clone();
        for (var i = 0; i < values.Length; i++) replaced[Array.IndexOf(_variables, variables[i])] = values[i];
        return new Point(_variables, replaced);
    }

    /// <summary>This point as a constant: no enclosing gradient sees through it.</summary>
    public Point Fixed() => IsFollowed ? Map(static (_, value) => value.Fixed()) : this;

    /// <summary>A copy whose values outlive every scope and every training step.</summary>
    public Point Keep() => Map(static (_, value) => value.Keep());

    /// <summary>This point with all values worked out, so that several threads may read it: displaced tables are copied, the others shared.</summary>
    public Point Settled() => Map(static (_, value) => value.Settled());

    /// <summary>The same variables at other values.</summary>
    public Point Map(Func<Variable, Tensor, Tensor> value)
    {
        var values = new Tensor[_values.Length];
        for (var i = 0; i < values.Length; i++) values[i] = value(_variables[i], _values[i]);
        return new Point(_variables, values);
    }

    /// <summary>The displaced point. A row-sparse move copies no table.</summary>
    public static Point operator +(Point at, Move move) =>
        move.IsZero ? at : at.Map((variable, value) => move.TryGet(variable, out var delta) ? value + delta : value);

    /// <summary>How many enclosing gradients see through it: 1 where a first derivative is wanted, 2 where that will be differentiated again.</summary>
    public int Order
    {
        get
        {
            var most = 0;
            foreach (var value in _values) most = Math.Max(most, BitOperations.PopCount(value.Mask));
            return most;
        }
    }

    internal bool IsFollowed => Order > 0;
}
