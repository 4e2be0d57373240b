using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>
/// Losses of scores that attackers make large, a value for each example: (batch, classes) to (batch). Of logits, never of a softmax, which saturates and hides
/// the way. Beside them stands the cross-entropy, <see cref="Functions.CrossEntropy"/>.
/// </summary>
public static class LogitLosses
{
    /// <summary>
    /// max_{i≠y} z_i − z_y: above 0 iff the class has lost. For a ranker with k rivals it is z of the k-th best other − z_y: above 0 iff the
    /// positive item has left the top k.
    /// </summary>
    /// <param name="logits">(batch, classes).</param>
    /// <param name="labels">y.</param>
    /// <param name="rival">Which of the others, from the best, counted from 1.</param>
    public static Tensor Margin(this Tensor logits, Ids labels, int rival = 1) =>
        logits.At(Ranked(logits, rival, labels)[^1]) - logits.At(labels);

    /// <summary>z_t − max_{i≠t} z_i: above 0 iff the target has won.</summary>
    public static Tensor MarginToward(this Tensor logits, Ids targets) => -logits.Margin(targets);

    /// <summary>(1 − 2y) z: above 0 iff a model with one logit is wrong about y, which is 0 or 1.</summary>
    public static Tensor BinaryMargin(this Tensor logit, Ids labels) =>
        logit.Reshape(labels.Count) * Tensor.Of(labels.Count, [.. labels.Rows.ToArray().Select(y => 1f - 2 * y)]);

    /// <summary>−(z_y − max_{i≠y} z_i) / (z_π1 − z_π3), π the order of the logits: the same for logits of any scale (Croce and Hein 2020).</summary>
    /// <exception cref="ArgumentException">There are fewer than 3 classes.</exception>
    public static Tensor Dlr(this Tensor logits, Ids labels)
    {
        NeedClasses(logits, 3, nameof(Margin));
        var order = Ranked(logits, 3);
        return logits.Margin(labels) / (logits.At(order[0]) - logits.At(order[2]) + Tiny);
    }

    /// <summary>−(z_y − z_t) / (z_π1 − (z_π3 + z_π4) / 2): the same toward a target.</summary>
    /// <exception cref="ArgumentException">There are fewer than 4 classes.</exception>
    public static Tensor DlrToward(this Tensor logits, Ids labels, Ids targets)
    {
        NeedClasses(logits, 4, nameof(MarginToward));
        var order = Ranked(logits, 4);
        return (logits.At(targets) - logits.At(labels)) / (logits.At(order[0]) - (logits.At(order[2]) + logits.At(order[3])) * 0.5f + Tiny);
    }

    /// <summary>ln softmax(z)_t: what a targeted attack makes large.</summary>
    public static Tensor CrossEntropyToward(this Tensor logits, Ids targets) => -logits.CrossEntropy(targets);

    /// <summary>The score of one column for each row: (batch).</summary>
    public static Tensor At(this Tensor logits, Ids columns)
    {
        var (width, one) = (logits.Shape.Last, new float[logits.Shape.Count]);
        for (var b = 0; b < columns.Count; b++) one[b * width + columns.Rows[b]] = 1;
        return logits.Dot(Tensor.Of(logits.Shape, one));
    }

    /// <summary>The columns of each row's largest scores in order: the best of every row, the second best, …; of equal ones, the first.</summary>
    /// <param name="logits">(batch, classes).</param>
    /// <param name="places">How many.</param>
    /// <param name="without">A column of each row to leave out.</param>
    public static Ids[] Ranked(Tensor logits, int places, Ids? without = null)
    {
        var width = logits.Shape.Last;
        var values = logits.Values;
        if (places > width - (without is null ? 0 : 1)) throw new ArgumentException($"Place {places} does not exist among {width} classes; ask for fewer.");
        var (ranked, taken) = (new int[places][], new bool[width]);
        for (var place = 0; place < places; place++) ranked[place] = new int[logits.Shape.Rows];
        for (var b = 0; b < logits.Shape.Rows; b++)
        {
            Array.Clear(taken);
            if (without is not null) taken[without.Rows[b]] = true;
            for (var place = 0; place < places; place++)
            {
                var best = -1;
                for (var c = 0; c < width; c++) if (!taken[c] && (best < 0 || values[b * width + c] > values[b * width + best])) best = c;
                taken[ranked[place][b] = best] = true;
            }
        }
        return [.. ranked.Select(columns => new Ids(columns))];
    }

    private const float Tiny = 1e-12f;

    private static void NeedClasses(Tensor logits, int least, string instead)
    {
        if (logits.Shape.Last < least)
            throw new ArgumentException($"This ratio needs {least} classes, and there are {logits.Shape.Last}; use {instead}.");
    }
}
