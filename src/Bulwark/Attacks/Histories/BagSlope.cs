using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Histories;

/// <summary>Slopes of a formula of bags that reads a row of a table for each item, at a point.</summary>
internal sealed class BagSlope(BagModel model, Variable inputs, Point at) : IHistorySlope
{
    private readonly Variable _rows = new("positions");

    public Tensor Items => at[inputs];

    public Tensor Of(IReadOnlyList<int[]> histories, IReadOnlyList<(int A, int B)> pairs, IReadOnlyList<(int History, int Place)> places, float scale)
    {
        int[][] bags = [.. histories.Select(history => history.Distinct().ToArray())];
        int[] start = [0, .. bags.Select(bag => bag.Length)];
        for (var s = 1; s < start.Length; s++) start[s] += start[s - 1];
        var numbered = new Bags();
        numbered.Fill([.. bags.Select((bag, s) => Enumerable.Range(start[s], bag.Length).ToArray())]);       // each place reads a row of its own
        var rows = at[inputs].Rows(new Ids([.. bags.SelectMany(bag => bag)])) * scale;                               // (touched, d)
        var slope = Grad.Of(Difference, at.With(_rows, rows), _rows).Move[_rows];
        return slope.Rows(new Ids([.. places.Select(place => start[place.History] + bags[place.History].IndexOf(histories[place.History][place.Place]))]));

        Tensor Difference(Point point)
        {
            var scores = model.Encoder.Reconstruct(point.With(inputs, point[_rows]), numbered);              // (histories, items)
            var each = scores.Reshape((histories.Count * model.ItemCount, 1));
            Ids a = new([.. pairs.Select((pair, s) => s * model.ItemCount + pair.A)]), b = new([.. pairs.Select((pair, s) => s * model.ItemCount + pair.B)]);
            return each.Rows(a).Sum() - each.Rows(b).Sum();
        }
    }
}
