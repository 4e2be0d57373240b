using System.Runtime.InteropServices;
using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>
/// All training pairs in a new order each epoch, and for each batch items that all of its users share as negatives: what is published with many
/// items for each pair then costs one matrix product. Drawn items that a user has touched do not count for that user.
/// </summary>
public sealed class ContrastiveSource : IBatchSource<ContrastiveBatch>
{
    private readonly Interactions _train;
    private readonly int _drawn;
    private readonly EpochOrder _order;
    private readonly Rng _draws;
    private readonly bool _byEvent;

    /// <summary>Batches from training interactions; values and kinds are not read.</summary>
    /// <param name="train">What to learn from.</param>
    /// <param name="batch">Pairs in a batch.</param>
    /// <param name="drawn">Items drawn for a batch.</param>
    /// <param name="rng">Drives order and draws.</param>
    /// <param name="byEvent">Whether users are given as the rows of their events, for a model of moments: see <see cref="Bulwark.Models.Fields.FieldModel.At"/>.</param>
    /// <exception cref="ArgumentException">There is nothing to learn from: no interactions, or fewer than two items; or batch or draws are empty.</exception>
    public ContrastiveSource(Interactions train, int batch, int drawn, Rng rng, bool byEvent = false)
    {
        if (train.Count == 0) throw new ArgumentException("There are no training interactions to draw pairs from.");
        if (train.ItemCount < 2) throw new ArgumentException("Contrastive training needs at least two items; the data has one.");
        ArgumentOutOfRangeException.ThrowIfLessThan(drawn, 1);
        (_train, _drawn, _order, _draws, _byEvent) = (train, drawn, new EpochOrder(train.Count, batch, rng), rng.Fork("negatives"), byEvent);
    }

    /// <inheritdoc/>
    public int StepsPerEpoch => _order.StepsPerEpoch;

    /// <inheritdoc/>
    public ContrastiveBatch Create() => new();

    /// <inheritdoc/>
    public void Fill(ContrastiveBatch batch, long step)
    {
        var examples = _order.Of(step);
        var count = examples.Count;
        Span<int> users = batch.Users.Refill(count), positives = batch.Positives.Refill(count), drawn = batch.Drawn.Refill(_drawn);
        for (var b = 0; b < count; b++) (users[b], positives[b]) = (_train.User[examples[b]], _train.Item[examples[b]]);
        var draws = _draws.Fork(step);
        foreach (ref var item in drawn) item = draws.Next(_train.ItemCount);
        Share(users, drawn, batch.Shares.Refill(count * _drawn));
        if (!_byEvent) return;
        for (var b = 0; b < count; b++) users[b] = examples[b];
    }

    /// <summary>Histories are looked up among the drawn, not the other way round: a user has touched few of all items.</summary>
    private void Share(ReadOnlySpan<int> users, ReadOnlySpan<int> drawn, Span<float> shares)
    {
        var places = new Dictionary<int, List<int>>(_drawn);
        for (var k = 0; k < drawn.Length; k++)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(places, drawn[k], out _);
            (list ??= []).Add(k);
        }
        var touched = new List<int>();
        for (var b = 0; b < users.Length; b++)
        {
            touched.Clear();
            foreach (var item in _train.ByUser.SortedItems(users[b]))
                if (places.TryGetValue(item, out var here)) touched.AddRange(here);
            var row = shares.Slice(b * _drawn, _drawn);
            row.Fill(1f / Math.Max(1, _drawn - touched.Count));
            foreach (var k in touched) row[k] = 0;
        }
    }
}
