using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>All training ratings in a new order each epoch.</summary>
public sealed class RatingSource(Interactions train, int batch, Rng rng) : IBatchSource<LabeledPairs>
{
    private readonly Rng _order = rng.Fork("order");
    private readonly int _batch = Math.Min(
        batch > 0 ? batch : throw new ArgumentOutOfRangeException(nameof(batch), batch, "A batch holds at least one rating."),
        train.Count > 0 ? train.Count : throw new ArgumentException("There are no training ratings."));

    /// <inheritdoc/>
    public int StepsPerEpoch => (train.Count + _batch - 1) / _batch;

    /// <inheritdoc/>
    public LabeledPairs Create() => new();

    /// <inheritdoc/>
    public void Fill(LabeledPairs batch, long step)
    {
        var (epoch, first) = (step / StepsPerEpoch, (int)(step % StepsPerEpoch) * _batch);
        var count = Math.Min(_batch, train.Count - first);
        var order = new Permutation(train.Count, _order.Fork(epoch));
        Span<int> users = batch.Users.Refill(count), items = batch.Items.Refill(count);
        var labels = batch.Labels.Refill(count);
        for (var b = 0; b < count; b++)
        {
            var row = order[first + b];
            (users[b], items[b], labels[b]) = (train.User[row], train.Item[row], train.Value[row]);
        }
    }
}
