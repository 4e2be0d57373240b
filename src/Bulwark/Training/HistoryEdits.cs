using Bulwark.Models.Neighbors;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>One place of a history in a batch.</summary>
/// <param name="Item">What stands there.</param>
/// <param name="Shown">Whether the model sees it.</param>
/// <param name="Asked">Whether the model is asked there.</param>
/// <param name="From">The position it had in the batch; −1 for what was inserted.</param>
public readonly record struct HistoryPlace(int Item, bool Shown, bool Asked, int From);

/// <summary>A random change of one history, oldest place first. It keeps at least one place, and one that is asked if there was one.</summary>
public delegate void HistoryEdit(List<HistoryPlace> history, Rng rng);

/// <summary>
/// The changes of CL4SRec (Xie et al. 2022: crop, mask, reorder) and CoSeRec (Liu et al. 2021: insert, substitute). What is asked stays right: an asked place keeps
/// its answer wherever it goes, and hidden items are not touched.
/// </summary>
public static class HistoryEdits
{
    /// <summary>A stretch of this share of the history, around one of the asked places.</summary>
    public static HistoryEdit Crop(double share) => (history, rng) =>
    {
        var (kept, asked) = (Math.Max(1, (int)(share * history.Count)), Places(history, place => place.Asked));
        var held = asked.Count > 0 ? asked[rng.Next(asked.Count)] : rng.Next(history.Count);
        var (first, last) = (Math.Max(0, held - kept + 1), Math.Min(held, history.Count - kept));
        var start = first + rng.Next(last - first + 1);
        history.RemoveRange(start + kept, history.Count - start - kept);
        history.RemoveRange(0, start);
    };

    /// <summary>This share of the shown places is hidden from the model.</summary>
    public static HistoryEdit Mask(double share) => (history, rng) =>
    {
        foreach (var at in Drawn(history, share, rng)) history[at] = history[at] with { Shown = false };
    };

    /// <summary>The shown items of a stretch of this share change places with each other.</summary>
    public static HistoryEdit Reorder(double share) => (history, rng) =>
    {
        var length = Math.Min(history.Count, (int)Math.Ceiling(share * history.Count));
        var start = rng.Next(history.Count - length + 1);
        var places = Places(history, place => place.Shown).Where(at => at >= start && at < start + length).ToArray();
        int[] items = [.. places.Select(at => history[at].Item)];
        rng.Shuffle<int>(items);
        for (var n = 0; n < places.Length; n++) history[places[n]] = history[places[n]] with { Item = items[n] };
    };

    /// <summary>Before this share of the shown places, an item like the one there.</summary>
    public static HistoryEdit Insert(double share, Func<int, Rng, int> like) => (history, rng) =>
    {
        foreach (var at in Drawn(history, share, rng).OrderDescending())
            history.Insert(at, new HistoryPlace(like(history[at].Item, rng), Shown: true, Asked: false, From: -1));
    };

    /// <summary>At this share of the shown places, an item like the one there.</summary>
    public static HistoryEdit Substitute(double share, Func<int, Rng, int> like) => (history, rng) =>
    {
        foreach (var at in Drawn(history, share, rng)) history[at] = history[at] with { Item = like(history[at].Item, rng) };
    };

    /// <summary>One of an item's neighbors, each alike; the item itself where it has none.</summary>
    public static Func<int, Rng, int> Like(SparseItemModel neighbors)
    {
        var lists = Enumerable.Range(0, neighbors.ItemCount).Select(item => neighbors.WeightsOf(item).Select(to => to.Item).ToArray()).ToArray();
        return (item, rng) => lists[item].Length > 0 ? lists[item][rng.Next(lists[item].Length)] : item;
    }

    private static List<int> Places(List<HistoryPlace> history, Func<HistoryPlace, bool> which) =>
        [.. Enumerable.Range(0, history.Count).Where(at => which(history[at]))];

    /// <summary>This share of the shown places, rounded up.</summary>
    private static int[] Drawn(List<HistoryPlace> history, double share, Rng rng)
    {
        int[] places = [.. Places(history, place => place.Shown)];
        rng.Shuffle<int>(places);
        return places[..(int)Math.Ceiling(share * places.Length)];
    }
}
