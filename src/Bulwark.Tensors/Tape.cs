namespace Bulwark.Tensors;

/// <summary>
/// How a gradient passes one operation backwards: given the operation and the gradient of its output, the gradient for one input.
/// Pullbacks are static and made of operations, so gradients of gradients need nothing more.
/// </summary>
internal delegate Tensor Pullback(Node node, Tensor gradient, int input);

/// <summary>One recorded operation.</summary>
internal sealed class Node(Tensor output, Tensor[] inputs, Pullback? pull, uint mask, object? data, float number)
{
    public Tensor Output => output;

    public Tensor[] Inputs => inputs;

    /// <summary>Null at a leaf: gradients gather there.</summary>
    public Pullback? Pull => pull;

    /// <summary>The gradient levels that follow the output.</summary>
    public uint Mask { get; set; } = mask;

    /// <summary>∂loss/∂output so far, during a backward pass.</summary>
    public Tensor? Adjoint { get; set; }

    /// <summary>What the pullback needs besides the inputs: ids, an axis, a seed.</summary>
    public object? Data => data;

    /// <summary>The same for one number.</summary>
    public float Number => number;
}

/// <summary>The operations of this thread in creation order. Each open <see cref="Grad.Of"/> is a level and owns one bit.</summary>
internal sealed class Tape
{
    [ThreadStatic] private static Tape? _ofThread;
    private readonly List<Node> _nodes = [];
    private int _levels;
    private uint _active;

    public static Tape OfThread => _ofThread ??= new Tape();

    /// <summary>Records an operation if some open level follows one of its inputs; returns the output.</summary>
    public static Tensor Record(Tensor output, Pullback pull, params ReadOnlySpan<Tensor> inputs) => Record(output, pull, null, 0, inputs);

    /// <summary>The same, with what the pullback needs besides the inputs.</summary>
    public static Tensor Record(Tensor output, Pullback pull, object? data, float number, params ReadOnlySpan<Tensor> inputs)
    {
        uint mask = 0;
        foreach (var input in inputs) mask |= input.Mask;
        if (mask == 0) return output;
        var tape = OfThread;
        mask &= tape._active;
        if (mask == 0) return output;
        tape.Add(new Node(output, inputs.ToArray(), pull, mask, data, number));
        return output;
    }

    /// <summary>Whether some open level follows one of these: only then is what is computed from them recorded.</summary>
    public static bool Follows(params ReadOnlySpan<Tensor> inputs)
    {
        uint mask = 0;
        foreach (var input in inputs) mask |= input.Mask;
        return (mask & OfThread._active) != 0;
    }

    /// <summary>Opens a level: its bit, and where its operations begin.</summary>
    public (uint Bit, int Start) Enter()
    {
        if (_levels == 32) throw new InvalidOperationException("Gradients of gradients nest at most 32 deep.");
        var bit = 1u << _levels++;
        _active |= bit;
        return (bit, _nodes.Count);
    }

    /// <summary>Closes the innermost level: operations that only it followed are forgotten, the others lose its bit.</summary>
    public void Exit(uint bit, int start)
    {
        _levels--;
        _active &= ~bit;
        var kept = start;
        for (var i = start; i < _nodes.Count; i++)
        {
            var node = _nodes[i];
            node.Mask &= ~bit;
            node.Adjoint = null;
            if (node.Mask != 0) _nodes[kept++] = node;
        }
        _nodes.RemoveRange(kept, _nodes.Count - kept);
    }

    /// <summary>A variable's value as this level's leaf; enclosing levels see through it.</summary>
    public Tensor Leaf(Tensor value, uint bit)
    {
        var leaf = value.Alias();
        Add(new Node(leaf, value.Mask == 0 ? [] : [value], static (_, gradient, _) => gradient, bit | value.Mask & _active, null, 0));
        return leaf;
    }

    /// <summary>Walks the level's operations in reverse; afterwards each leaf's adjoint is its gradient of the loss's sum.</summary>
    public void Backward(Tensor loss, uint bit, int start)
    {
        if ((loss.Mask & bit) == 0) return;
        _active &= ~bit;                                     // what is computed here is recorded for the enclosing levels alone
        loss.Node!.Adjoint = Tensor.Full(loss.Shape, 1);
        for (var i = _nodes.Count - 1; i >= start; i--)
        {
            var node = _nodes[i];
            if ((node.Mask & bit) == 0 || node.Adjoint is not { } gradient) continue;
            var passed = false;
            for (var k = 0; k < node.Inputs.Length; k++)
            {
                if (node.Inputs[k].Node is not { } to || (to.Mask & bit) == 0) continue;
                var part = node.Pull!(node, gradient, k);
                to.Adjoint = to.Adjoint is { } sum ? sum + part : part;
                passed = true;
            }
            if (passed) node.Adjoint = null;
        }
    }

    private void Add(Node node)
    {
        node.Output.Node = node;
        _nodes.Add(node);
    }
}
