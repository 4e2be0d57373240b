namespace Bulwark.Tensors;

/// <summary>What is made small: a scalar for every point, or a value for each example of a batch, (batch), whose sum is made small.</summary>
public delegate Tensor Loss(Point at);

/// <summary>A loss's value and its gradient at a point.</summary>
/// <param name="Value">The value, or values, as the loss returned them.</param>
/// <param name="Move">∂Σloss/∂variable for each variable that the loss read; row-sparse where it read rows.</param>
public readonly record struct Gradient(Tensor Value, Move Move);

/// <summary>Reverse-mode differentiation. Gradients are returned, never stored; they may be differentiated again.</summary>
public static class Grad
{
    /// <summary>
    /// The value and gradient of a loss. Memory of the evaluation is given back when it returns; the result belongs to the caller's
    /// <see cref="Scope"/>, if one is open.
    /// </summary>
    /// <param name="loss">Returns a scalar, or a vector whose sum is differentiated; it may itself call <c>Grad.Of</c>.</param>
    /// <param name="at">Where. If an enclosing gradient follows it, the result is differentiable; <see cref="Point.Fixed"/> prevents that.</param>
    /// <param name="over">The variables to differentiate by; none means all of the point's that are not <see cref="Variable.IsGiven"/>.</param>
    /// <exception cref="ArgumentException">The loss is neither.</exception>
    public static Gradient Of(Loss loss, Point at, params ReadOnlySpan<Variable> over)
    {
        if (over.Length == 0) over = at.Learned;
        using var scope = at.IsFollowed ? Scope.None : Scope.Open();   // what is followed must outlive this evaluation
        var tape = Tape.OfThread;
        var (bit, start) = tape.Enter();
        try
        {
            var leaves = new Tensor[over.Length];
            for (var i = 0; i < over.Length; i++) leaves[i] = tape.Leaf(at[over[i]], bit);
            var value = loss(at.With(over, leaves));
            if (value.Shape.Rank > 1) throw new ArgumentException($"A loss is a scalar, or a value for each example; this one has the shape {value.Shape}. Sum it.");
            tape.Backward(value, bit, start);
            return Result(value, Collect(over, leaves, at.IsFollowed), at.IsFollowed);
        }
        finally
        {
            tape.Exit(bit, start);
        }
    }

    /// <summary>
    /// value + Σ ⟨at − at₀, g⟩ at at₀ itself: a loss whose value and gradient are known already, because they were worked out together with something else.
    /// Its second derivatives are zero.
    /// </summary>
    /// <param name="at">Where they were worked out; what follows it gets the gradient.</param>
    /// <param name="value">The value.</param>
    /// <param name="gradient">∂value/∂variable for variables of the point.</param>
    public static Tensor Given(Point at, float value, Move gradient)
    {
        var (inputs, slopes) = (new Tensor[gradient.Variables.Length], new Tensor[gradient.Variables.Length]);
        for (var i = 0; i < inputs.Length; i++) (inputs[i], slopes[i]) = (at[gradient.Variables[i]], gradient[gradient.Variables[i]]);
        return Tape.Record(Tensor.Scalar(value), GivenPull, slopes, 0, inputs);
    }

    private static readonly Pullback GivenPull = static (node, gradient, input) =>
        gradient.Item() is var scale && scale == 1 ? ((Tensor[])node.Data!)[input] : ((Tensor[])node.Data!)[input] * scale;

    /// <summary>At a point that nothing follows a gradient is a constant, even if the loss captured something that is followed.</summary>
    private static Move Collect(ReadOnlySpan<Variable> over, Tensor[] leaves, bool followed)
    {
        var n = 0;
        foreach (var leaf in leaves) if (leaf.Node!.Adjoint is not null) n++;
        var entries = new (Variable, Tensor)[n];
        n = 0;
        for (var i = 0; i < leaves.Length; i++)
            if (leaves[i].Node!.Adjoint is { } gradient) entries[n++] = (over[i], followed ? gradient : gradient.Fixed());
        return new Move(entries);
    }

    private static Gradient Result(Tensor value, Move move, bool followed)
    {
        if (followed) return new Gradient(value, move);
        value = value.Fixed();
        value.Promote();
        return new Gradient(value, move.Promote());
    }
}
