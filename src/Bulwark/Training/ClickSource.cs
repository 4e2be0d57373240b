using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>Each training pair labeled 1 and, beside it, items its user has not touched labeled 0; in a new order each epoch.</summary>
/// <param name="train">The pairs.</param>
/// <param name="batch">The most examples of a batch.</param>
/// <param name="negatives">Items not touched beside each pair.</param>
/// <param name="rng">Drives order and draws.</param>
/// <param name="byEvent">Whether users are given as the rows of their events, for a model of moments: see <see cref="Bulwark.Models.Fields.FieldModel.At"/>.</param>
public sealed class ClickSource(Interactions train, int batch, int negatives, Rng rng, bool byEvent = false) : IBatchSource<LabeledPairs>
{
    private readonly EpochOrder _order = new(train.Count, Positives(train, batch, negatives), rng);
    private readonly Rng _draws = rng.Fork("negatives");
    private readonly NegativeSampler _sampler = new(train, NegativeSampling.Uniform);

    /// <inheritdoc/>
    public int StepsPerEpoch => _order.StepsPerEpoch;

    /// <inheritdoc/>
    public LabeledPairs Create() => new();

    /// <inheritdoc/>
    public void Fill(LabeledPairs batch, long step)
    {
        var (examples, group) = (_order.Of(step), 1 + negatives);
        var draws = _draws.Fork(step);
        Span<int> users = batch.Users.Refill(examples.Count * group), items = batch.Items.Refill(users.Length);
        var labels = batch.Labels.Refill(users.Length);
        for (var b = 0; b < users.Length; b++)
        {
            var row = examples[b / group];
            var touched = b % group == 0;
            users[b] = train.User[row];
            items[b] = touched ? train.Item[row] : _sampler.Draw(users[b], draws);
            labels[b] = touched ? 1 : 0;
            if (byEvent) users[b] = row;
        }
    }

    /// <summary>How many pairs are in a batch, each with its negatives.</summary>
    private static int Positives(Interactions train, int batch, int negatives)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(negatives);
        if (train.Count == 0) throw new ArgumentException("There are no training interactions.");
        if (train.ItemCount < 2 && negatives > 0) throw new ArgumentException("Training on clicks needs at least two items; the data has one.");
        return Math.Max(1, batch / (1 + negatives));
    }
}
