using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Optimizers;

/// <summary>
/// Owns the point it trains and moves it in place: w ← rule(w, clip(g) + λ₂ w + λ₁ sign w). A row-sparse gradient touches only its rows, so
/// that decay, too, acts on the rows a batch read. What is <see cref="Variable.IsGiven"/> stays where it is, and is shared with the start.
/// </summary>
public sealed unsafe class Optimizer
{
    private const int FloatsPerPart = 1 << 18;
    private readonly Variable[] _variables;
    private readonly Shape[] _shapes;
    private readonly Block[] _weights;
    private readonly Block[][] _slots;
    private readonly (Variable Variable, Tensor Value)[] _given;
    private Point? _at;

    /// <summary>Copies the starting values of what it trains.</summary>
    public Optimizer(Point start, UpdateRule rule)
    {
        Rule = rule;
        _variables = start.Learned.ToArray();
        _given = [.. Array.FindAll(start.Variables.ToArray(), static variable => variable.IsGiven).Select(variable => (variable, start[variable]))];
        _shapes = new Shape[_variables.Length];
        _weights = new Block[_variables.Length];
        _slots = new Block[_variables.Length][];
        for (var i = 0; i < _variables.Length; i++)
        {
            var value = start[_variables[i]];
            _shapes[i] = value.Shape;
            _weights[i] = Filled(value.Values);
            _slots[i] = new Block[rule.Slots];
            for (var s = 0; s < rule.Slots; s++) _slots[i][s] = Block.Own(value.Shape.Count);
        }
        Forget();
    }

    /// <summary>The update formula.</summary>
    public UpdateRule Rule { get; }

    /// <summary>The learning rate's course.</summary>
    public Schedule Schedule { get; init; } = Schedules.Constant;

    /// <summary>λ₁ of weight decay, added to the gradient.</summary>
    public float L1 { get; init; }

    /// <summary>λ₂ of weight decay, added to the gradient.</summary>
    public float L2 { get; init; }

    /// <summary>Gradients whose norm over all variables is larger are scaled down to it; infinite means never.</summary>
    public float ClipNorm { get; init; } = float.PositiveInfinity;

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>The present point, over the optimizer's own memory: valid until the next step, then reading it throws.</summary>
    public Point At => _at ??= MakePoint();

    /// <summary>One step downhill.</summary>
    /// <exception cref="KeyNotFoundException">The gradient moves a variable that this optimizer does not train.</exception>
    public void Step(Move gradient)
    {
        var rate = Rule.Rate * Schedule(Steps);
        var constants = Rule.At(++Steps, rate) with { L1 = L1, L2 = L2, GradientScale = Scale(gradient) };
        _at = null;
        foreach (var variable in gradient.Variables) gradient[variable].AsSparse();   // pending rows read the tables that now change
        foreach (var variable in gradient.Variables)
            Update(Index(variable), gradient[variable], constants);
    }

    /// <summary>Writes rows of a table between two steps; the rule's state and all other rows stay.</summary>
    /// <param name="variable">The table.</param>
    /// <param name="rows">Which rows, each once.</param>
    /// <param name="values">(rows, …): what they become.</param>
    /// <exception cref="KeyNotFoundException">This optimizer does not train the table.</exception>
    /// <exception cref="ArgumentException">There is not one row of values for each.</exception>
    public void Put(Variable variable, Ids rows, Tensor values)
    {
        var i = Index(variable);
        var width = _shapes[i].RowLength;
        if (values.Shape.Count != rows.Count * width)
            throw new ArgumentException($"{rows.Count} rows of '{variable}' hold {rows.Count * width} numbers, but {values.Shape} was given.");
        var from = values.Values;
        var to = new Span<float>(_weights[i].Data, _shapes[i].Count);
        for (var n = 0; n < rows.Count; n++) from.Slice(n * width, width).CopyTo(to.Slice(rows.Rows[n] * width, width));
        _weights[i].Expire();
        _at = null;
    }

    /// <summary>Starts the rule's state and its schedule anew; the weights stay.</summary>
    public void Forget()
    {
        for (var i = 0; i < _slots.Length; i++)
            foreach (var slot in _slots[i]) new Span<float>(slot.Data, _shapes[i].Count).Fill(Rule.InitialState);
        Steps = 0;
    }

    /// <summary>The weights and the rule's state by name, for a checkpoint; copies.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Save()
    {
        var entries = new List<(string, Tensor)>();
        for (var i = 0; i < _variables.Length; i++)
        {
            entries.Add((_variables[i].Name, new Tensor(_shapes[i], _weights[i]).Keep()));
            for (var s = 0; s < _slots[i].Length; s++) entries.Add(($"{_variables[i].Name}.state{s}", new Tensor(_shapes[i], _slots[i][s]).Keep()));
        }
        return entries;
    }

    /// <summary>Puts back what <see cref="Save"/> gave, after this many steps.</summary>
    /// <param name="entries">Weights and state by name.</param>
    /// <param name="steps">Steps taken.</param>
    /// <param name="fresh">Names of variables that were not there yet and stay as they start; null for none.</param>
    /// <exception cref="ArgumentException">An entry is missing or has another shape.</exception>
    public void Restore(IReadOnlyList<(string Name, Tensor Value)> entries, long steps, IReadOnlyList<string>? fresh = null)
    {
        var byName = entries.ToDictionary(entry => entry.Name, entry => entry.Value);
        for (var i = 0; i < _variables.Length; i++)
        {
            if (fresh?.Contains(_variables[i].Name) == true) continue;
            Copy(byName, _variables[i].Name, _shapes[i], _weights[i]);
            for (var s = 0; s < _slots[i].Length; s++) Copy(byName, $"{_variables[i].Name}.state{s}", _shapes[i], _slots[i][s]);
        }
        Steps = steps;
        _at = null;
    }

    private int Index(Variable variable) => Array.IndexOf(_variables, variable) is >= 0 and var i ? i
        : throw new KeyNotFoundException($"This optimizer does not train '{variable}'. It trains: {string.Join(", ", (object[])_variables)}.");

    private Point MakePoint()
    {
        var entries = new (Variable, Tensor)[_variables.Length];
        for (var i = 0; i < entries.Length; i++) entries[i] = (_variables[i], new Tensor(_shapes[i], _weights[i]));
        return new Point([.. entries, .. _given]);
    }

    private void Update(int i, Tensor gradient, in UpdateConstants constants)
    {
        if (gradient.Shape != _shapes[i]) throw new ArgumentException($"The gradient of '{_variables[i]}' is {gradient.Shape}; the variable is {_shapes[i]}.");
        var rows = new UpdateRows
        {
            Weights = _weights[i].Data,
            Slot0 = _slots[i].Length > 0 ? _slots[i][0].Data : null,
            Slot1 = _slots[i].Length > 1 ? _slots[i][1].Data : null,
        };
        if (gradient.AsSparse() is { } sparse)
        {
            (rows.Count, rows.Width) = (sparse.Set.Count, _shapes[i].RowLength);
            rows.Rows = sparse.Set.Rows;
            rows.Gradient = sparse.Values.Data;
        }
        else
        {
            (rows.Count, rows.Width) = (1, _shapes[i].Count);
            rows.Gradient = gradient.Data;
        }
        _weights[i].Expire();
        var parts = (int)Math.Max(1, (long)rows.Count * rows.Width / FloatsPerPart);             // a batch of short rows is one
        Team.Run(parts, (rows, constants, Rule, parts), static (job, part) => job.Rule.Apply(job.rows.Part(part, job.parts), job.constants));
    }

    private float Scale(Move gradient) =>
        float.IsPositiveInfinity(ClipNorm) ? 1 : (float)Math.Min(1, ClipNorm / Math.Max(gradient.Norm, 1e-12));

    private static Block Filled(ReadOnlySpan<float> values)
    {
        var block = Block.Own(values.Length);
        values.CopyTo(new Span<float>(block.Data, values.Length));
        return block;
    }

    private static void Copy(Dictionary<string, Tensor> entries, string name, Shape shape, Block to)
    {
        if (!entries.TryGetValue(name, out var value)) throw new ArgumentException($"The checkpoint has no '{name}'.");
        if (value.Shape != shape) throw new ArgumentException($"The checkpoint's '{name}' is {value.Shape}; the model needs {shape}.");
        value.Values.CopyTo(new Span<float>(to.Data, shape.Count));
        to.Expire();
    }
}
