using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>Each input with its class, in a new order each epoch.</summary>
public sealed class InputSource : IBatchSource<InputBatch>
{
    private readonly LabeledInputs _inputs;
    private readonly int _batch;
    private readonly Rng _order;

    /// <summary>Batches of so many inputs.</summary>
    /// <exception cref="ArgumentException">There is nothing to learn from, or the batch is empty.</exception>
    public InputSource(LabeledInputs inputs, int batch, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        if (inputs.Count == 0) throw new ArgumentException("There are no training inputs.");
        (_inputs, _batch, _order) = (inputs, Math.Min(batch, inputs.Count), rng.Fork("order"));
    }

    /// <inheritdoc/>
    public int StepsPerEpoch => (_inputs.Count + _batch - 1) / _batch;

    /// <inheritdoc/>
    public InputBatch Create() => new();

    /// <inheritdoc/>
    public void Fill(InputBatch batch, long step)
    {
        var (epoch, first) = (step / StepsPerEpoch, (int)(step % StepsPerEpoch) * _batch);
        var order = new Permutation(_inputs.Count, _order.Fork(epoch));
        Span<int> indices = new int[Math.Min(_batch, _inputs.Count - first)];
        for (var b = 0; b < indices.Length; b++) indices[b] = order[first + b];
        batch.Fill(_inputs, indices);
    }
}
