using System.Runtime.CompilerServices;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// What a window sees at each place of each image, channels last: (n, h, w, c) to (n, down, across, window height · window width · c), zeros
    /// outside the image. ∂/∂x = <see cref="FoldPatches"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The window does not fit, or x is not of images.</exception>
    public static unsafe Tensor Patches(this Tensor x, Window window)
    {
        var walk = new PatchWalk(x.Shape, window);
        var result = Tensor.Uninitialized((x.Shape[0], walk.Down, walk.Across, walk.PatchLength));
        walk.Run(x.Data, result.Data, static (in walk, image, patches) =>
        {
            if (walk.Window.Padding > 0) new Span<float>(patches, walk.PatchesLength).Clear();
            walk.Rows(image, patches, static (pixels, patch, count) => RowKernels.Copy(pixels, patch, count));
        });
        return Tape.Record(result, PatchesPull, window, 0, x);
    }

    /// <summary>
    /// The pullback of <see cref="Patches"/>: each pixel of images of this shape is the sum of what stands for it in the patches, place after place.
    /// ∂/∂x = <see cref="Patches"/>.
    /// </summary>
    /// <exception cref="ArgumentException">These are not the patches of such images.</exception>
    public static unsafe Tensor FoldPatches(this Tensor x, Window window, Shape images)
    {
        var walk = new PatchWalk(images, window);
        Shape expected = (images[0], walk.Down, walk.Across, walk.PatchLength);
        if (x.Shape != expected) throw new ArgumentException($"Images of {images} have patches of {expected}, not {x.Shape}.");
        var result = Tensor.Uninitialized(images);
        walk.Run(result.Data, x.Data, static (in walk, image, patches) =>
        {
            new Span<float>(image, walk.ImageLength).Clear();
            walk.Rows(image, patches, static (pixels, patch, count) => RowKernels.AddScaled(patch, 1, pixels, count));
        });
        return Tape.Record(result, FoldPatchesPull, window, 0, x);
    }

    private static readonly Pullback PatchesPull = static (node, gradient, _) => gradient.FoldPatches((Window)node.Data!, node.Inputs[0].Shape);

    private static readonly Pullback FoldPatchesPull = static (node, gradient, _) => gradient.Patches((Window)node.Data!);

    /// <summary>Goes over the rows of patches that lie inside an image; parts are runs of images.</summary>
    private readonly unsafe struct PatchWalk(Shape images, Window window)
    {
        private const int FloatsPerPart = 1 << 16;
        public readonly int Down = window.Places(images).Down, Across = window.Places(images).Across;     // first: refuses what are no images
        public readonly Window Window = window;
        private readonly int _count = images[0], _height = images[1], _width = images[2], _channels = images[3];

        public int PatchLength => Window.Height * Window.Width * _channels;

        /// <summary>Floats of an image.</summary>
        public int ImageLength => _height * _width * _channels;

        /// <summary>Floats of an image's patches.</summary>
        public int PatchesLength => Down * Across * PatchLength;

        public delegate void OfImage(in PatchWalk walk, float* image, float* patches);

        /// <summary>What happens between neighboring pixels of an image's row and the same in a patch: so many floats.</summary>
        public delegate void OfRow(float* pixels, float* patch, int count);

        public void Run(float* images, float* patches, OfImage body)
        {
            var perPart = Math.Max(1, FloatsPerPart / Math.Max(1, PatchesLength));
            Team.Run((_count + perPart - 1) / perPart, (Walk: this, X: (nint)images, Y: (nint)patches, perPart, body), static (job, part) =>
            {
                for (int i = part * job.perPart, end = Math.Min(job.Walk._count, i + job.perPart); i < end; i++)
                    job.body(job.Walk, (float*)job.X + (nint)i * job.Walk.ImageLength, (float*)job.Y + (nint)i * job.Walk.PatchesLength);
            });
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Rows(float* image, float* patches, OfRow body)
        {
            for (var place = 0; place < Down * Across; place++)
            {
                var (top, left) = (place / Across * Window.Stride - Window.Padding, place % Across * Window.Stride - Window.Padding);
                var (first, last) = (Math.Max(0, -left), Math.Min(Window.Width, _width - left));     // columns of the window inside the image
                if (first >= last) continue;
                for (var row = Math.Max(0, -top); row < Math.Min(Window.Height, _height - top); row++)
                    body(
                        image + ((nint)(top + row) * _width + left + first) * _channels,
                        patches + (nint)place * PatchLength + (row * Window.Width + first) * _channels, (last - first) * _channels);
            }
        }
    }
}
