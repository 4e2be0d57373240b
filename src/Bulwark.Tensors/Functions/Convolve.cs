namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// Convolution in two dimensions, channels last: y[n, i, j, o] = b[o] + Σ_{r, s, c} x[n, i · stride + r − padding, j · stride + s − padding, c] ·
    /// weights[r, s, c, o], x being 0 outside the image. It is the product of <see cref="Patches"/> with the weights, and so are its derivatives.
    /// </summary>
    /// <param name="x">(n, h, w, c).</param>
    /// <param name="weights">(window height, window width, c, out).</param>
    /// <param name="bias">(out); null for none.</param>
    /// <param name="stride">Pixels from one place to the next.</param>
    /// <param name="padding">Pixels of zeros around the image.</param>
    /// <returns>(n, down, across, out).</returns>
    /// <exception cref="ArgumentException">The shapes do not match, or the window does not fit.</exception>
    public static Tensor Convolve(this Tensor x, Tensor weights, Tensor? bias = null, int stride = 1, int padding = 0)
    {
        var shape = weights.Shape;
        if (shape.Rank != 4 || x.Shape.Rank != 4 || x.Shape[3] != shape[2])
            throw new ArgumentException($"A convolution needs (n, h, w, c) and (height, width, c, out), not {x.Shape} and {shape}.");
        return x.Patches(new(shape[0], shape[1], stride, padding)).Linear(weights.Reshape((shape.Leading(3), shape[3])), bias);
    }
}
