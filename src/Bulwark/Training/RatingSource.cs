using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>All training ratings in a new order each epoch.</summary>
public sealed class RatingSource(Interactions train, int batch, Rng rng) : IBatchSource<LabeledPairs>
{
    private readonly EpochOrder _order = new(train.Count > 0 ? train.Count : throw new ArgumentException("There are no training ratings."), batch, rng);

    /// <inheritdoc/>
    public int StepsPerEpoch => _order.StepsPerEpoch;

    /// <inheritdoc/>
    public LabeledPairs Create() => new();

    /// <inheritdoc/>
    public void Fill(LabeledPairs batch, long step)
    {
        var examples = _order.Of(step);
        var count = examples.Count;
        Span<int> users = batch.Users.Refill(count), items = batch.Items.Refill(count);
        var labels = batch.Labels.Refill(count);
        for (var b = 0; b < count; b++)
        {
            var row = examples[b];
            (users[b], items[b], labels[b]) = (train.User[row], train.Item[row], train.Value[row]);
        }
    }
}
