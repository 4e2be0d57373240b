using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>Each training pair labeled 1 and, beside it, items its user has not touched labeled 0; in a new order each epoch.</summary>
public sealed class ClickSource(Interactions train, int batch, int negatives, Rng rng) : IBatchSource<LabeledPairs>
{
    private readonly Rng _order = rng.Fork("order"), _draws = rng.Fork("negatives");
    private readonly NegativeSampler _sampler = new(train, NegativeSampling.Uniform);
    private readonly int _positives = Positives(train, batch, negatives);

    /// <inheritdoc/>
    public int StepsPerEpoch => (train.Count + _positives - 1) / _positives;

    /// <inheritdoc/>
    public LabeledPairs Create() => new();

    /// <inheritdoc/>
    public void Fill(LabeledPairs batch, long step)
    {
        var (epoch, first) = (step / StepsPerEpoch, (int)(step % StepsPerEpoch) * _positives);
        var (positives, group) = (Math.Min(_positives, train.Count - first), 1 + negatives);
        var order = new Permutation(train.Count, _order.Fork(epoch));
        var draws = _draws.Fork(step);
        Span<int> users = batch.Users.Refill(positives * group), items = batch.Items.Refill(positives * group);
        var labels = batch.Labels.Refill(positives * group);
        for (var b = 0; b < users.Length; b++)
        {
            var row = order[first + b / group];
            var touched = b % group == 0;
            users[b] = train.User[row];
            items[b] = touched ? train.Item[row] : _sampler.Draw(users[b], draws);
            labels[b] = touched ? 1 : 0;
        }
    }

    /// <summary>How many pairs are in a batch, each with its negatives.</summary>
    private static int Positives(Interactions train, int batch, int negatives)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(negatives);
        if (train.Count == 0) throw new ArgumentException("There are no training interactions.");
        if (train.ItemCount < 2 && negatives > 0) throw new ArgumentException("Training on clicks needs at least two items; the data has one.");
        return Math.Clamp(batch / (1 + negatives), 1, train.Count);
    }
}
