using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>Batches of histories changed by <see cref="HistoryEdits"/>.</summary>
public static class HistoryAugmentation
{
    /// <summary>Each history changed by one of these, drawn for it. Where a history grows beyond the batch's length its beginning is cut off.</summary>
    public static Augmentation<SequenceBatch> OneOf(params IReadOnlyList<HistoryEdit> edits) => (batch, rng) =>
    {
        var histories = Read(batch);
        for (var s = 0; s < histories.Length; s++)
        {
            var draw = rng.Fork(s);
            edits[draw.Next(edits.Count)](histories[s], draw);
            histories[s].RemoveRange(0, Math.Max(0, histories[s].Count - batch.Histories.Length));
        }
        if (histories.Any(history => history.Exists(place => place.Asked))) Write(batch, histories);
    };

    private static List<HistoryPlace>[] Read(SequenceBatch batch)
    {
        ReadOnlySpan<int> start = batch.Histories.Start.Rows, items = batch.Histories.Items.Rows;
        var shown = batch.Histories.Shown.Tensor.Values;
        var asked = new bool[items.Length];
        foreach (var at in batch.Asked.Rows) asked[at] = true;
        var histories = new List<HistoryPlace>[batch.Histories.Count];
        for (var s = 0; s < histories.Length; s++)
        {
            histories[s] = [];
            for (var at = start[s]; at < start[s + 1]; at++) histories[s].Add(new(items[at], shown[at] != 0, asked[at], at));
        }
        return histories;
    }

    /// <summary>The batch anew, with what belongs to each asked place carried along.</summary>
    private static void Write(SequenceBatch batch, List<HistoryPlace>[] histories)
    {
        int[] start = [.. batch.Histories.Start.Rows], users = [.. batch.Histories.Users.Rows], was = [.. batch.Asked.Rows];
        var places = histories.SelectMany(history => history).ToArray();
        var items = batch.Histories.Refill([.. histories.Select(history => history.Count)]);
        for (var at = 0; at < places.Length; at++) items[at] = places[at].Item;
        var shown = batch.Histories.Shown.Refill(places.Length);
        for (var at = 0; at < places.Length; at++) shown[at] = places[at].Shown ? 1 : 0;
        if (users.Length > 0) batch.Histories.Users.Fill([.. histories.SelectMany((history, s) => Enumerable.Repeat(users[start[s]], history.Count))]);

        var number = was.Index().ToDictionary(ask => ask.Item, ask => ask.Index);
        int[] asked = [.. Enumerable.Range(0, places.Length).Where(at => places[at].Asked)], kept = [.. asked.Select(at => number[places[at].From])];
        batch.Asked.Fill(asked);
        batch.Wanted.Fill(Picked(batch.Wanted));
        foreach (var list in batch.Negatives) list.Fill(Picked(list));
        float[] hits = [.. batch.Hits.Tensor.Values];
        var width = batch.Drawn.Count;
        var to = batch.Hits.Refill(kept.Length * width);
        for (var n = 0; n < kept.Length; n++) hits.AsSpan(kept[n] * width, width).CopyTo(to[(n * width)..]);

        int[] Picked(Ids of)
        {
            var rows = of.Rows.ToArray();
            return [.. kept.Select(n => rows[n])];
        }
    }
}
