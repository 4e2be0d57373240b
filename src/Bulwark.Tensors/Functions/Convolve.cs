using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// Convolution in two dimensions, channels last: y[n, i, j, o] = b[o] + Σ_{r, s, c} x[n, i · stride + r − padding, j · stride + s − padding, c] ·
    /// weights[r, s, c, o], x being 0 outside the image. It is the product of <see cref="Patches"/> with the weights, but an image's patches never leave the
    /// cache. ∂/∂x = <see cref="ConvolveTransposed"/> of dy, ∂/∂weights = patchesᵀ · dy, ∂/∂bias = Σ dy.
    /// </summary>
    /// <param name="x">(n, h, w, c).</param>
    /// <param name="weights">(window height, window width, c, out).</param>
    /// <param name="bias">(out); null for none.</param>
    /// <param name="stride">Pixels from one place to the next.</param>
    /// <param name="padding">Pixels of zeros around the image.</param>
    /// <returns>(n, down, across, out).</returns>
    /// <exception cref="ArgumentException">The shapes do not match, or the window does not fit.</exception>
    public static unsafe Tensor Convolve(this Tensor x, Tensor weights, Tensor? bias = null, int stride = 1, int padding = 0)
    {
        var shape = weights.Shape;
        if (shape.Rank != 4 || x.Shape.Rank != 4 || x.Shape[3] != shape[2] || bias is not null && bias.Shape != shape[3])
            throw new ArgumentException($"A convolution needs (n, h, w, c), (height, width, c, out) and (out), not {x.Shape}, {shape} and {bias?.Shape.ToString() ?? "no bias"}.");
        var window = new Window(shape[0], shape[1], stride, padding);
        var walk = new PatchWalk(x.Shape, window);
        var y = Tensor.Uninitialized((x.Shape[0], walk.Down, walk.Across, shape[3]));
        var job = new ConvolutionJob(walk, x.Data, weights.Data, bias is null ? null : bias.Data, shape[3], y.Data);
        Team.Run(walk.Parts, job, static (job, part) => job.Forward(part));
        return bias is null ? Tape.Record(y, ConvolvePull, window, 0, x, weights) : Tape.Record(y, ConvolvePull, window, 0, x, weights, bias);
    }

    /// <summary>
    /// The pullback of <see cref="Convolve"/> and its transpose: each place of y adds y[n, i, j, :] · weights[r, s, c, :] to the pixels of images of this shape
    /// that it looked at. ∂/∂y = <see cref="Convolve"/> of dx, ∂/∂weights = (patches of dx)ᵀ · y.
    /// </summary>
    /// <param name="y">(n, down, across, out).</param>
    /// <param name="weights">(window height, window width, c, out).</param>
    /// <param name="images">(n, h, w, c).</param>
    /// <param name="stride">Pixels from one place to the next.</param>
    /// <param name="padding">Pixels around the image that nothing is added to.</param>
    /// <returns>(n, h, w, c).</returns>
    /// <exception cref="ArgumentException">The shapes do not match.</exception>
    public static unsafe Tensor ConvolveTransposed(this Tensor y, Tensor weights, Shape images, int stride = 1, int padding = 0)
    {
        var shape = weights.Shape;
        if (shape.Rank != 4 || images.Rank != 4 || images[3] != shape[2])
            throw new ArgumentException($"A transposed convolution needs (height, width, c, out) and images (n, h, w, c), not {shape} and {images}.");
        var window = new Window(shape[0], shape[1], stride, padding);
        var walk = new PatchWalk(images, window);
        Shape expected = (images[0], walk.Down, walk.Across, shape[3]);
        if (y.Shape != expected) throw new ArgumentException($"Images of {images} have places of {expected}, not {y.Shape}.");
        var packed = Tensor.Uninitialized((int)Kernels.MatMul.PackedLength(walk.PatchLength, shape[3]));
        Kernels.MatMul.PackTransposed(walk.PatchLength, shape[3], weights.Data, shape[3], packed.Data);
        var x = Tensor.Uninitialized(images);
        var job = new ConvolutionJob(walk, x.Data, packed.Data, null, shape[3], y.Data);
        Team.Run(walk.Parts, job, static (job, part) => job.Backward(part));
        GC.KeepAlive(packed);
        return Tape.Record(x, ConvolveTransposedPull, window, 0, y, weights);
    }

    private static readonly Pullback ConvolvePull = static (node, gradient, input) =>
    {
        var ((_, _, stride, padding), x, weights) = ((Window)node.Data!, node.Inputs[0], node.Inputs[1]);
        return input switch
        {
            0 => gradient.ConvolveTransposed(weights, x.Shape, stride, padding),
            1 => WeightsOf(x, gradient, weights.Shape, (Window)node.Data!),
            _ => gradient.SumTo(node.Inputs[2].Shape),
        };
    };

    private static readonly Pullback ConvolveTransposedPull = static (node, gradient, input) =>
    {
        var ((_, _, stride, padding), y, weights) = ((Window)node.Data!, node.Inputs[0], node.Inputs[1]);
        return input == 0 ? gradient.Convolve(weights, null, stride, padding) : WeightsOf(gradient, y, weights.Shape, (Window)node.Data!);
    };

    /// <summary>Σ over all places of patch · yᵀ.</summary>
    private static Tensor WeightsOf(Tensor images, Tensor y, Shape weights, Window window) =>
        images.Patches(window).Reshape((y.Shape.Rows, weights.Leading(3))).MatMul(y.Reshape((y.Shape.Rows, weights[3])), transposeX: true).Reshape(weights);

    /// <summary>Image by image: its patches, and their product with the weights, in the caches of one core.</summary>
    private readonly unsafe struct ConvolutionJob(PatchWalk walk, float* images, float* weights, float* bias, int outputs, float* y)
    {
        private int Places => walk.Down * walk.Across;

        public void Forward(int part)
        {
            var patches = Scratch.C(walk.PatchesLength);
            var (length, epilogue, (first, end)) = (walk.PatchLength, new Epilogue { Bias = bias }, walk[part]);
            for (var i = first; i < end; i++)
            {
                walk.Cut(images + (nint)i * walk.ImageLength, patches);
                var to = y + (nint)i * Places * outputs;
                Kernels.MatMul.Multiply(Places, outputs, length, patches, length, false, weights, outputs, false, to, outputs, epilogue);
            }
        }

        public void Backward(int part)
        {
            var patches = Scratch.C(walk.PatchesLength);
            var (length, (first, end)) = (walk.PatchLength, walk[part]);
            for (var i = first; i < end; i++)
            {
                Kernels.MatMul.MultiplyPacked(Places, length, outputs, y + (nint)i * Places * outputs, outputs, weights, patches, length);
                walk.Fold(patches, images + (nint)i * walk.ImageLength);
            }
        }
    }
}
