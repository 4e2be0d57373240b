namespace Bulwark.Evaluation.Charts;

/// <summary>Moves labels apart as little as possible.</summary>
internal static class ChartLabels
{
    /// <summary>
    /// Positions at least <paramref name="gap"/> apart within [top, bottom], in the order of the wished ones, that minimize Σ(position − wish)².
    /// With zᵢ = positionᵢ − i·gap this is isotonic regression, solved by pooling adjacent violators (Ayer et al. 1955), then clamped.
    /// </summary>
    public static double[] Spread(IReadOnlyList<double> wishes, double gap, double top, double bottom)
    {
        var order = Enumerable.Range(0, wishes.Count).OrderBy(i => wishes[i]).ToArray();
        var blocks = new Stack<(double Sum, int Count)>();
        for (var rank = 0; rank < order.Length; rank++)
        {
            var block = (Sum: wishes[order[rank]] - rank * gap, Count: 1);
            while (blocks.TryPeek(out var above) && above.Sum / above.Count > block.Sum / block.Count)
            {
                blocks.Pop();
                block = (block.Sum + above.Sum, block.Count + above.Count);
            }
            blocks.Push(block);
        }

        var places = new double[wishes.Count];
        var place = 0;
        foreach (var (sum, count) in blocks.Reverse())
            for (var i = 0; i < count; i++, place++)
                places[order[place]] = Math.Min(Math.Max(sum / count, top), bottom - (wishes.Count - 1) * gap) + place * gap;
        return places;
    }
}
