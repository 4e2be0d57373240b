using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>A batch of inputs with a class each.</summary>
public sealed class InputBatch : IBatch
{
    private readonly Floats _values = new();
    private Shape _shape = 0;

    /// <summary>(batch, …).</summary>
    public Tensor Inputs => _values.Tensor.Reshape(_shape);

    /// <summary>The inputs' values, to be changed at once: tensors of them made before are stale.</summary>
    internal Span<float> Rewrite()
    {
        float[] values = [.. _values.Tensor.Values];
        var to = _values.Refill(values.Length);
        values.CopyTo(to);
        return to;
    }

    /// <summary>The class of each input: (batch).</summary>
    public Ids Labels { get; } = new();

    /// <summary>The step's number, from 0 over all epochs, for what changes in the course of training.</summary>
    public long Step { get; set; }

    /// <inheritdoc/>
    public int Count => Labels.Count;

    /// <summary>These of the inputs.</summary>
    public void Fill(LabeledInputs from, ReadOnlySpan<int> indices)
    {
        _shape = from.ShapeOf(indices.Length);
        var size = from.Input.Count;
        var values = _values.Refill(_shape.Count);
        var labels = Labels.Refill(indices.Length);
        for (var b = 0; b < indices.Length; b++)
        {
            from[indices[b]].CopyTo(values[(b * size)..]);
            labels[b] = from.Labels[indices[b]];
        }
    }

    /// <inheritdoc/>
    public void Regroup() => Labels.Regroup();
}
