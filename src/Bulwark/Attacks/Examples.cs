using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>
/// What a search keeps a best of. Each example for itself, where the loss has a value for each and each has a row of its own in everything that moves;
/// else the batch as one example.
/// </summary>
internal sealed class Examples
{
    private readonly (Variable Variable, Shape Shape)[] _moved;

    /// <summary>Tells examples apart by the loss's value at the point.</summary>
    public Examples(Tensor value, Point at, Threat threat)
    {
        _moved = [.. threat.Variables.Select(variable => (variable, at[variable].Shape))];
        Apart = value.Shape.Rank == 1 && _moved.All(moved => moved.Shape.Rank > 0 && moved.Shape[0] == value.Shape[0]);
        Count = Apart ? value.Shape[0] : 1;
    }

    /// <summary>The examples of a batch of inputs, by their logits.</summary>
    /// <exception cref="ArgumentException">What moves is not a batch with a row for each.</exception>
    public static Examples Inputs(Tensor logits, Point at, Threat threat)
    {
        var examples = new Examples(Tensor.Zeros(logits.Shape[0]), at, threat);
        return examples.Apart ? examples : throw new ArgumentException(
            $"This search moves a batch of inputs, a row for each; '{threat.Variables[0]}' of shape {at[threat.Variables[0]].Shape} is not one. Use GradientAscent or Apgd.");
    }

    /// <summary>Whether each example is one for itself.</summary>
    public bool Apart { get; }

    /// <summary>How many there are; 1 where the batch is one.</summary>
    public int Count { get; }

    /// <summary>The loss of each.</summary>
    public float[] Losses(Tensor value) => Apart ? value.Values.ToArray() : [value.Sum().Item()];

    /// <summary>For each example its part of x where it is taken, else of y.</summary>
    public Move Choose(bool[] takeX, Move x, Move y)
    {
        if (!Apart || x.IsZero && y.IsZero) return takeX[0] ? x : y;
        var either = _moved.Where(moved => x.TryGet(moved.Variable, out _) || y.TryGet(moved.Variable, out _));
        return new Move([.. either.Select(moved => (moved.Variable, Delta(x, moved).ChooseRows(Delta(y, moved), takeX)))]);
    }

    /// <summary>Each example's part times its factor.</summary>
    public Move Scale(Move move, float[] factors) => move.Map((_, delta) => Scale(delta, factors));

    /// <summary>‖δ‖₂² of each example's part: (examples), or a scalar for the batch. Gradients pass.</summary>
    public Tensor SquaredLengths(Func<Variable, Tensor> delta)
    {
        var sum = Tensor.Scalar(0);
        foreach (var (variable, _) in _moved)
        {
            var d = delta(variable);
            sum = (Apart ? Flat(d * d).Sum(-1) : (d * d).Sum()) + sum;
        }
        return sum;
    }

    /// <summary>The same of a move.</summary>
    public float[] SquaredLengths(Move move) => Losses(SquaredLengths(variable => Delta(move, _moved.First(moved => moved.Variable == variable))));

    /// <summary>⟨x, y⟩ of each example's parts.</summary>
    public float[] Dots(Move x, Move y)
    {
        var sum = Tensor.Scalar(0);
        foreach (var moved in _moved)
        {
            var product = Delta(x, moved) * Delta(y, moved);
            sum = (Apart ? Flat(product).Sum(-1) : product.Sum()) + sum;
        }
        return Losses(sum);
    }

    /// <summary>g / ‖g‖₁, of each example's part.</summary>
    public Move UnitL1(Move gradient) => gradient.Map((_, g) =>
    {
        var sizes = Apart ? Flat(g).Abs().Sum(-1).Values.ToArray() : [g.Stored.Abs().Sum().Item()];
        return Scale(g, [.. sizes.Select(size => 1 / MathF.Max(size, 1e-12f))]);
    });

    private Tensor Scale(Tensor delta, float[] factors) => Apart ? (Flat(delta) * Tensor.Of((Count, 1), factors)).Reshape(delta.Shape) : delta * factors[0];

    private Tensor Flat(Tensor x) => x.Reshape((Count, x.Shape.RowLength));

    /// <summary>What an example that seems apart moves is its own, unless the loss reads a table by rows.</summary>
    private static Tensor Delta(Move move, (Variable Variable, Shape Shape) moved) => !move.TryGet(moved.Variable, out var delta) ? Tensor.Zeros(moved.Shape)
        : !delta.IsSparse ? delta
        : throw new ArgumentException($"The loss has a value for each example, but the examples share rows of '{moved.Variable}'. Sum it.");
}
