using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative;

/// <summary>The real examples of a step.</summary>
/// <param name="Real">(batch, …).</param>
/// <param name="Given">What each is given, (batch, c): one-hot labels or vectors; null for nothing.</param>
/// <param name="Step">The step's number, for what changes in the course of training.</param>
public sealed record Examples(Tensor Real, Tensor? Given = null, long Step = 0)
{
    /// <summary>A batch's inputs, given nothing.</summary>
    public static Examples Of(InputBatch batch) => new(batch.Inputs, null, batch.Step);

    /// <summary>A batch's inputs, given their labels.</summary>
    public static Func<InputBatch, Examples> Labeled(int classes) => batch => new(batch.Inputs, OneHot(batch.Labels, classes), batch.Step);

    /// <summary>A batch's first values, given the others: pairs [x ; c] of this width of x.</summary>
    public static Func<InputBatch, Examples> Paired(int width) => batch =>
        new(batch.Inputs.Slice(1, 0, width), batch.Inputs.Slice(1, width, batch.Inputs.Shape.Last - width), batch.Step);

    /// <summary>1 at each label, else 0: (count, classes).</summary>
    public static Tensor OneHot(Ids labels, int classes)
    {
        var values = new float[labels.Count * classes];
        for (var b = 0; b < labels.Count; b++) values[b * classes + labels.Rows[b]] = 1;
        return Tensor.Of((labels.Count, classes), values);
    }
}
