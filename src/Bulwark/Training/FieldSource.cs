using Bulwark.Data;
using Bulwark.Models.Fields;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>Each example with its label, in a new order each epoch.</summary>
public sealed class FieldSource : IBatchSource<FieldBatch>
{
    private readonly FieldTable _examples;
    private readonly FieldShape _shape;
    private readonly EpochOrder _order;

    /// <summary>Batches of so many examples.</summary>
    /// <exception cref="ArgumentException">There is nothing to learn from, or the batch is empty.</exception>
    public FieldSource(FieldTable examples, int batch, Rng rng)
    {
        if (examples.Labels.IsEmpty) throw new ArgumentException("There are no training examples with labels.");
        (_examples, _shape, _order) = (examples, new FieldShape(examples), new EpochOrder(examples.Count, batch, rng));
    }

    /// <inheritdoc/>
    public int StepsPerEpoch => _order.StepsPerEpoch;

    /// <inheritdoc/>
    public FieldBatch Create() => new(_shape);

    /// <inheritdoc/>
    public void Fill(FieldBatch batch, long step)
    {
        var examples = _order.Of(step);
        var rows = new int[examples.Count];
        for (var b = 0; b < rows.Length; b++) rows[b] = examples[b];
        batch.Fill(_examples, rows);
    }
}
