using Bulwark.Data;
using Bulwark.Models.Fields;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>A batch of examples made of fields.</summary>
/// <param name="shape">The fields.</param>
public sealed class FieldBatch(FieldShape shape) : IBatch
{
    private readonly Floats _numbers = new();

    /// <summary>The categories.</summary>
    public FieldRows Rows { get; } = new(shape.Categories.Count);

    /// <summary>(batch, numbers).</summary>
    public Tensor Numbers => _numbers.Tensor.Reshape((Count, shape.NumberCount));

    /// <summary>The label of each example, (batch); empty where there are none.</summary>
    public Floats Labels { get; } = new();

    /// <inheritdoc/>
    public int Count => Rows.Count;

    /// <summary>These of the examples.</summary>
    public void Fill(FieldTable from, ReadOnlySpan<int> rows)
    {
        Rows.Fill(from, rows);
        var numbers = _numbers.Refill(rows.Length * shape.NumberCount);
        var labels = Labels.Refill(from.Labels.IsEmpty ? 0 : rows.Length);
        for (var i = 0; i < numbers.Length; i++) numbers[i] = from.Numbers[i % shape.NumberCount].Values.Span[rows[i / shape.NumberCount]];
        for (var b = 0; b < labels.Length; b++) labels[b] = from.Labels[rows[b]];
    }

    /// <inheritdoc/>
    public void Regroup() => Rows.Regroup();
}
