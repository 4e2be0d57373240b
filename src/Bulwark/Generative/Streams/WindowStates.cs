using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative.Streams;

/// <summary>What the updaters read of the rows that a window touched, as the window found them: <see cref="FeatureUpdater.State"/>.</summary>
/// <param name="Users">By the user's row.</param>
/// <param name="Items">By the item's row.</param>
internal sealed record WindowStates(IReadOnlyDictionary<int, float[]> Users, IReadOnlyDictionary<int, float[]> Items)
{
    /// <summary>The states, with pulls −∂L/∂p, −∂L/∂q of the window's BPR loss, a mean over so many items drawn against each event.</summary>
    public static WindowStates Of(
        MatrixFactorization model, Point at, IReadOnlyList<StreamEvent> window, HeldRows users, HeldRows items, TouchedPairs touched, int negatives, Rng rng)
    {
        using var scope = Scope.Open();
        var batch = new Triples();
        touched.Fill(batch, [.. Enumerable.Repeat(window, negatives).SelectMany(events => events)], model.ItemCount, rng);
        var pull = Grad.Of(Objectives.Bpr(model)(batch, null), at).Move * (-1f / negatives);
        return new(Table(users, window.CountBy(each => each.User)), Table(items, window.CountBy(each => each.Item)));

        Dictionary<int, float[]> Table(HeldRows held, IEnumerable<KeyValuePair<int, int>> counts)
        {
            var (events, rows, pulls) = (counts.ToDictionary(), held.At(at), HeldRows.Of(pull[held.Table], held.Rows));
            var d = rows.Length / held.Rows.Length;
            return held.Rows.Index().ToDictionary(
                each => each.Item,
                each => FeatureUpdater.State(rows.AsSpan(each.Index * d, d), pulls.AsSpan(each.Index * d, d), events[each.Item], held.Past[each.Item]));
        }
    }

    /// <summary>A triple of states for each event of the next window, before that moves anything; a row that this one did not touch has no pull.</summary>
    public Unseen[] Before(
        MatrixFactorization model, Point at, IReadOnlyList<StreamEvent> next, IReadOnlyList<int> userPast, IReadOnlyList<int> itemPast, TouchedPairs touched, Rng rng)
    {
        var batch = new Triples();
        touched.Fill(batch, [.. next], model.ItemCount, rng);
        float[][] users = Table(Users, at[model.Users], userPast, batch.Users), items = Table(Items, at[model.Items], itemPast, batch.Positives);
        var others = Table(Items, at[model.Items], itemPast, batch.Negatives);
        return [.. Enumerable.Range(0, next.Count).Select(n => new Unseen(users[n], items[n], others[n]))];

        static float[][] Table(IReadOnlyDictionary<int, float[]> states, Tensor table, IReadOnlyList<int> past, Ids ids)
        {
            int[] rows = ids.Rows.ToArray();
            var values = HeldRows.Of(table, rows);
            var d = table.Shape.Last;
            return [.. rows.Select((row, n) => states.GetValueOrDefault(row) ?? FeatureUpdater.State(values.AsSpan(n * d, d), new float[d], 0, past[row]))];
        }
    }
}

/// <summary>The states, as a window's move found them, of a user, of an item that they touched after it, and of one that they did not.</summary>
internal sealed record Unseen(float[] User, float[] Item, float[] Other);
