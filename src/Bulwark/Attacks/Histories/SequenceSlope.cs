using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Histories;

/// <summary>Slopes of a formula of sequences, at a point.</summary>
internal sealed class SequenceSlope(SequenceModel model, Point at) : IHistorySlope
{
    private readonly PositionRows _rows = new(model.Encoder);

    public Tensor Items => at[model.Encoder.Inputs];

    public Tensor Of(IReadOnlyList<int[]> histories, IReadOnlyList<(int A, int B)> pairs, IReadOnlyList<(int History, int Place)> places, float scale)
    {
        var (sequences, head) = (model.Shown(histories), model.Encoder.Head);
        Ids a = new([.. pairs.Select(pair => pair.A)]), b = new([.. pairs.Select(pair => pair.B)]);
        var start = _rows.At(at, sequences);
        var slope = Grad.Of(Difference, start.With(_rows.Inputs, start[_rows.Inputs] * scale), _rows.Inputs).Move[_rows.Inputs];       // (positions, d)
        return slope.Rows(new Ids([.. places.Select(place => PositionOf(place.History, place.Place))]));

        Tensor Difference(Point point)
        {
            var x = _rows.Encode(point, sequences).Rows(sequences.Last);                         // (histories, d)
            return head.Each(point, x, a) - head.Each(point, x, b);
        }

        int PositionOf(int history, int place) => sequences.Start.Rows[history] + place - Math.Max(0, histories[history].Length - model.Reach);
    }
}
