using System.Runtime.CompilerServices;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// −ln softmax(logits[b])[label[b]], one loss for each row: (b, c) and b labels to (b); sum or average them as the occasion asks. Never overflows.
    /// ∂/∂logits[b, :] = (softmax − one-hot) · dloss[b].
    /// </summary>
    /// <exception cref="ArgumentException">The logits are not a matrix with one row for each label.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not a column.</exception>
    public static Tensor CrossEntropy(this Tensor logits, Ids labels)
    {
        var shape = logits.Shape;
        if (shape.Rank != 2 || shape[0] != labels.Count)
            throw new ArgumentException($"CrossEntropy needs (b, c) logits and b labels, not {shape} and {labels.Count} labels.");
        labels.CheckWithin(shape[1]);
        var (losses, probabilities) = (Tensor.Uninitialized(shape[0]), Tensor.Uninitialized(shape));
        CrossEntropyRows(logits, labels, losses, probabilities);
        if (logits.Mask == 0) return losses;
        Tape.Record(probabilities, SoftmaxPull, logits);
        return Tape.Record(losses, CrossEntropyPull, new Labeled(labels, probabilities), 0, logits);
    }

    private sealed record Labeled(Ids Labels, Tensor Probabilities);

    private static readonly Pullback CrossEntropyPull = static (node, gradient, _) =>
    {
        var (labels, probabilities) = (Labeled)node.Data!;
        return probabilities.MinusOneHot(labels).ScaleRows(gradient);
    };

    /// <summary>p with 1 taken from each row's label. ∂/∂p = 1.</summary>
    private static unsafe Tensor MinusOneHot(this Tensor p, Ids labels)
    {
        var result = Tensor.Uninitialized(p.Shape);
        p.Values.CopyTo(result.Writable);
        var to = result.Data;
        foreach (var label in labels.Rows)
        {
            to[label] -= 1;
            to += p.Shape.Last;
        }
        return Tape.Record(result, static (_, gradient, _) => gradient, p);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe void CrossEntropyRows(Tensor logits, Ids labels, Tensor losses, Tensor probabilities)
    {
        var width = logits.Shape.Last;
        float* x = logits.Data, p = probabilities.Data, loss = losses.Data;
        foreach (var label in labels.Rows)
        {
            var sum = ExponentialsOfRow(x, p, width, out var max);
            *loss++ = LogOf(sum) - (x[label] - max);
            Loop.Run(width, new TimesConstant(p, 1 / sum, p));
            x += width;
            p += width;
        }
    }
}
