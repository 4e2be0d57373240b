using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>Vectors of items near these, a row each: (n, features).</summary>
public delegate Tensor ItemNeighbors(Ids items, Rng rng);

/// <summary>
/// Training for items that few have touched: each gets made-up neighbors, new items behind the real ones, which its users have touched too, so that a model
/// that reads features learns of more than one place in their neighborhood. What is ranked and measured stays real.
/// </summary>
/// <param name="Below">Items with at least one and fewer users than this get neighbors.</param>
/// <param name="Copies">How many each.</param>
public sealed record TailNeighbors(int Below, int Copies)
{
    /// <summary>The real rows with those of neighbors behind them, and everybody's features.</summary>
    /// <param name="train">What to learn from; values, times and kinds of new rows are those of the real ones.</param>
    /// <param name="features">(items, features).</param>
    /// <param name="neighbors">Who makes them: a generator, or a control.</param>
    /// <param name="rng">Chance.</param>
    public (Interactions Train, Tensor Features) Of(Interactions train, Tensor features, ItemNeighbors neighbors, Rng rng)
    {
        var counts = train.ItemCounts();
        int[] tail = [.. Enumerable.Range(0, train.ItemCount).Where(item => counts[item] > 0 && counts[item] < Below)];
        if (tail.Length == 0 || Copies == 0) return (train, features);
        var (items, place) = (train.Items.Copy(), tail.Index().ToDictionary(one => one.Item, one => one.Index));
        var (rows, own) = (Enumerable.Range(0, train.Count).ToList(), train.Item.ToArray().ToList());
        for (var copy = 0; copy < Copies; copy++)
        {
            foreach (var item in tail) items.GetOrAdd($"{train.Items[item]}~{copy + 1}");
            for (var row = 0; row < train.Count; row++)
            {
                if (!place.TryGetValue(train.Item[row], out var n)) continue;
                rows.Add(row);
                own.Add(train.ItemCount + copy * tail.Length + n);
            }
        }
        var all = train.Select([.. rows]);
        var made = Enumerable.Range(0, Copies).Select(copy => neighbors(new Ids(tail), rng.Fork(copy)));
        return (new(all.Users, items, all.User.ToArray(), [.. own], all.HasValues ? all.Value.ToArray() : null, all.HasTimes ? all.Time.ToArray() : null,
            all.HasKinds ? all.Kind.ToArray() : null), Tensor.Concat(0, [features, .. made]));
    }
}
