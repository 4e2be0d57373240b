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
        Team.Run(walk.Parts, (walk, X: (nint)x.Data, To: (nint)result.Data), static (job, part) =>
        {
            var (first, end) = job.walk[part];
            for (var i = first; i < end; i++)
                job.walk.Cut((float*)job.X + (nint)i * job.walk.ImageLength, (float*)job.To + (nint)i * job.walk.PatchesLength);
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
        Team.Run(walk.Parts, (walk, X: (nint)x.Data, To: (nint)result.Data), static (job, part) =>
        {
            var (first, end) = job.walk[part];
            for (var i = first; i < end; i++)
                job.walk.Fold((float*)job.X + (nint)i * job.walk.PatchesLength, (float*)job.To + (nint)i * job.walk.ImageLength);
        });
        return Tape.Record(result, FoldPatchesPull, window, 0, x);
    }

    private static readonly Pullback PatchesPull = static (node, gradient, _) => gradient.FoldPatches((Window)node.Data!, node.Inputs[0].Shape);

    private static readonly Pullback FoldPatchesPull = static (node, gradient, _) => gradient.Patches((Window)node.Data!);
}
