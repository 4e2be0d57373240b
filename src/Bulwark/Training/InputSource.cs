using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>Each input with its class, in a new order each epoch.</summary>
public sealed class InputSource : IBatchSource<InputBatch>
{
    private readonly LabeledInputs _inputs;
    private readonly EpochOrder _order;

    /// <summary>Batches of so many inputs.</summary>
    /// <exception cref="ArgumentException">There is nothing to learn from, or the batch is empty.</exception>
    public InputSource(LabeledInputs inputs, int batch, Rng rng)
    {
        if (inputs.Count == 0) throw new ArgumentException("There are no training inputs.");
        (_inputs, _order) = (inputs, new EpochOrder(inputs.Count, batch, rng));
    }

    /// <summary>The shape of an input.</summary>
    public Shape Input => _inputs.Input;

    /// <inheritdoc/>
    public int StepsPerEpoch => _order.StepsPerEpoch;

    /// <inheritdoc/>
    public InputBatch Create() => new();

    /// <inheritdoc/>
    public void Fill(InputBatch batch, long step)
    {
        var examples = _order.Of(step);
        var indices = new int[examples.Count];
        for (var b = 0; b < indices.Length; b++) indices[b] = examples[b];
        batch.Fill(_inputs, indices);
        batch.Step = step;
    }
}
