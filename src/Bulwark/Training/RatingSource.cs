using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>All training ratings in a new order each epoch.</summary>
/// <param name="train">The ratings.</param>
/// <param name="batch">The most examples of a batch.</param>
/// <param name="rng">Drives the order.</param>
/// <param name="byEvent">Whether users are given as the rows of their events, for a model of moments: see <see cref="Bulwark.Models.Fields.FieldModel.At"/>.</param>
public sealed class RatingSource(Interactions train, int batch, Rng rng, bool byEvent = false) : IBatchSource<LabeledPairs>
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
            (users[b], items[b], labels[b]) = (byEvent ? row : train.User[row], train.Item[row], train.Value[row]);
        }
    }
}
