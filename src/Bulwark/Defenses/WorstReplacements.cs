using Bulwark.Models;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Defenses;

/// <summary>
/// L(h) + λ · L(h'): adversarial training on histories. h' has at a share of each history's places, drawn anew each step, the item that raises the loss most to
/// first order, argmax_j g_p · e_j, g_p the gradient by the row read at p (HotFlip: Ebrahimi et al. 2018). What is asked stays asked, and hidden items stay.
/// The search sees the loss without dropout.
/// </summary>
/// <param name="Model">The formula.</param>
/// <param name="Share">The share of each history's places that change, rounded up.</param>
/// <param name="Weight">λ.</param>
public sealed record WorstReplacements(ISequenceEncoder Model, double Share, float Weight = 1)
{
    /// <summary>The share.</summary>
    public double Share { get; init; } = Share is >= 0 and <= 1 ? Share : throw new ArgumentOutOfRangeException(nameof(Share), Share, "A share lies between 0 and 1.");

    /// <summary>The hardened objective.</summary>
    /// <param name="objective">The objective of a formula, as <c>SequenceObjectives.CrossEntropy</c> is.</param>
    public Objective<SequenceBatch> Harden(Func<ISequenceEncoder, Objective<SequenceBatch>> objective)
    {
        var rows = new PositionRows(Model);
        var (plain, byPosition) = (objective(Model), objective(rows));
        return (batch, rng) => at =>
        {
            var search = rng?.Fork("attack") ?? new Rng(0);
            var worst = batch.About(Replaced(rows, byPosition(batch, null), batch.Histories, at.Fixed(), search));
            return plain(batch, rng)(at) + plain(worst, rng)(at) * Weight;
        };
    }

    /// <summary>The histories with the worst items at the drawn places.</summary>
    internal Sequences Replaced(PositionRows rows, Loss loss, Sequences histories, Point at, Rng rng)
    {
        using var scope = Scope.Open();
        var (start, shown) = (histories.Start.Rows.ToArray(), histories.Shown.Tensor.Values.ToArray());
        int[] places = [.. Enumerable.Range(0, histories.Count).SelectMany(s => Drawn(start[s], start[s + 1], shown, rng.Fork(s)))];
        var worst = histories.Copy();
        if (places.Length == 0) return worst;
        var slope = Grad.Of(loss, rows.At(at, histories), rows.Inputs).Move[rows.Inputs];                    // (positions, d)
        var promise = slope.Rows(new Ids(places)).MatMul(at[Model.Inputs], transposeY: true).Values;         // (places, items)
        var items = histories.Items.Rows.ToArray();
        for (var n = 0; n < places.Length; n++) items[places[n]] = Largest(promise.Slice(n * Model.ItemCount, Model.ItemCount));
        worst.Items.Fill(items);
        return worst;
    }

    private IEnumerable<int> Drawn(int start, int end, float[] shown, Rng rng)
    {
        int[] places = [.. Enumerable.Range(start, end - start).Where(at => shown[at] != 0)];
        rng.Shuffle<int>(places);
        return places.Take((int)Math.Ceiling(Share * places.Length));
    }

    private static int Largest(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++) if (values[i] > values[best]) best = i;
        return best;
    }
}
